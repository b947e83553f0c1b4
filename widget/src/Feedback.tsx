import * as texts from "./texts";

interface Properties {
  id: string;
  helpful?: boolean;
  rate: (helpful: boolean) => void;
}

export function Feedback({ id, helpful, rate }: Properties) {
  return (
    <div class="feedback" role="group" aria-labelledby={id}>
      <span id={id}>{texts.helps}</span>
      <button class="quiet" type="button" aria-pressed={helpful === true} onClick={() => rate(true)}>
        {texts.yes}
      </button>
      <button class="quiet" type="button" aria-pressed={helpful === false} onClick={() => rate(false)}>
        {texts.no}
      </button>
      <span role="status">{helpful !== undefined && texts.thanks}</span>
    </div>
  );
}
