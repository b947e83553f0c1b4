// The parts that the form is made of. Each tells its fault in words, beside itself, and carries it as its description.
import type { ComponentChildren, JSX } from "preact";
import type { Faults, Field } from "../core/handover";

export const idOf = (field: Field) => `handover-${field}`;
const faultId = (field: Field) => `${idOf(field)}-fault`;

/** What describes a field: its hint, if it has one, and its fault. */
export const described = (field: Field, hint?: string) => [hint, faultId(field)].filter(Boolean).join(" ");

export function Fault({ field, faults }: { field: Field; faults: Faults }) {
  return (
    <p id={faultId(field)} class="problem">
      {faults[field]}
    </p>
  );
}

interface TextProperties {
  field: Field;
  label: string;
  value: string;
  faults: Faults;
  required?: boolean;
  hint?: string;
  change: (value: string) => void;
}

export function LongText({ field, change, label, ...properties }: TextProperties) {
  return (
    <div class="field">
      <label for={idOf(field)}>{label}</label>
      <Fault field={field} {...properties} />
      <textarea {...attributes(field, properties)} rows={3} autocomplete="off" onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}

type LineProperties = TextProperties & Pick<JSX.InputHTMLAttributes, "type" | "inputMode" | "autocomplete">;

export function Line({ field, change, label, type, inputMode, autocomplete, ...properties }: LineProperties) {
  return (
    <div class="field">
      <label for={idOf(field)}>{label}</label>
      <Fault field={field} {...properties} />
      <input
        {...attributes(field, properties)}
        type={type}
        inputMode={inputMode}
        autocomplete={autocomplete}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

function attributes(field: Field, { value, faults, required, hint }: Omit<TextProperties, "field" | "label" | "change">) {
  return {
    id: idOf(field),
    class: "text",
    value,
    required,
    "aria-invalid": field in faults,
    "aria-describedby": described(field, hint),
  };
}

interface GroupProperties {
  field: Field;
  title: string;
  hint?: string;
  faults: Faults;
  children: ComponentChildren;
}

/** Choices that belong together; the focus can be put on it when something is not right about them. */
export function Group({ field, title, hint, faults, children }: GroupProperties) {
  return (
    <fieldset id={idOf(field)} tabIndex={-1} aria-describedby={described(field)}>
      <legend>{title}</legend>
      {hint && <p class="note">{hint}</p>}
      <Fault field={field} faults={faults} />
      {children}
    </fieldset>
  );
}
