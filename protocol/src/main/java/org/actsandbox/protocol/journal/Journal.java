package org.actsandbox.protocol.journal;

/**
 * Where domain code leaves state changes and decisions. HTTP exchanges are journalled by the edge,
 * not here. Never blocks, never fails the caller.
 */
public interface Journal {

  void note(JournalNote note);

  /** For code that runs outside a world. */
  Journal SILENT = _ -> {};
}
