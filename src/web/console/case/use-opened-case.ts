import { useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../../shared/api.js';
import type { OpenedCase } from '../dossier.js';

/** What an officer's change answers. */
export interface Changed {
  readonly undoUntil?: string;
  readonly outcome?: string;
}

/** A match with the register takes a moment; the case is looked at again after these. */
const MATCHED_AFTER_MS = [1_200, 4_000];
const WEIGHED_AFTER_MS = 2_000;

/** One case as the server tells it, and changing it as it was seen: a case that changed meanwhile is loaded again. */
export function useOpenedCase(caseId: string) {
  const [opened, setOpened] = useState<OpenedCase | null>(null);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [matching, setMatching] = useState(false);

  const load = async (): Promise<void> => {
    try {
      setOpened(await call<OpenedCase>('GET', `/api/cases/${caseId}`));
    } catch (error) {
      if (error instanceof ApiError) setRefusal(error);
    }
  };
  useEffect(() => void load(), [caseId]);

  /** Sends one change with the version that was on the screen; null if it was refused. */
  const change = async (path: string, body: object): Promise<Changed | null> => {
    if (opened === null || busy) return null;
    setBusy(true);
    setRefusal(null);
    try {
      return await call('POST', `/api/cases/${caseId}/${path}`, { version: opened.dossier.version, ...body });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefusal(error);
      if (error.code === 'STALE_VERSION') await load();
      return null;
    } finally {
      setBusy(false);
    }
  };

  /** Loads now, and again when the register has had time to answer. */
  const reloadAfterMatch = (): void => {
    setMatching(true);
    void load();
    const last = MATCHED_AFTER_MS.length - 1;
    MATCHED_AFTER_MS.forEach((ms, i) =>
      setTimeout(() => void load().then(() => i === last && setMatching(false)), ms),
    );
  };
  /** Loads now, and again when the money has been weighed against a decision. */
  const reloadAfterWeighing = (): void => {
    void load();
    setTimeout(() => void load(), WEIGHED_AFTER_MS);
  };
  const forgetRefusal = (): void => setRefusal(null);
  return {
    opened,
    refusal,
    forgetRefusal,
    busy,
    matching,
    change,
    reloadAfterMatch,
    reloadAfterWeighing,
  };
}
