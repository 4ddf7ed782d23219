package org.actsandbox.protocol.journal;

/**
 * Takes the state changes and decisions that domain code reports. The edge journals HTTP exchanges
 * itself. A call never blocks and never fails the caller.
 */
public interface Journal {

  void note(JournalNote note);

  /** Ignores all notes; for code that runs outside a world. */
  Journal SILENT = _ -> {};
}
