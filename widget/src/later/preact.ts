// The Preact of the main script, so that nobody loads it twice.
import type { Component as ComponentClass, h as create } from "preact";
import { TAG } from "../tag";

interface Lent {
  h: typeof create;
  Component: typeof ComponentClass;
}

export const { h, Component } = (customElements.get(TAG) as unknown as { preact: Lent }).preact;
export const Fragment = ({ children }: { children: unknown }) => children;
export const createRef = () => ({ current: null });
