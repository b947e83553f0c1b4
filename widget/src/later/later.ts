// The second script: what not every visitor meets, so that nobody waits for it who does not.
export { Card } from "./Card";
export { Form } from "./Form";
