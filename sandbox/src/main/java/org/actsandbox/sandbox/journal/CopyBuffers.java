package org.actsandbox.sandbox.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Lends the memory into which the messages of one entry are copied, and takes it back for the next
 * entry. One thread uses it.
 */
public final class CopyBuffers {

  /** Limit in bytes of a buffer that is kept from entry to entry. */
  private static final int KEPT = 32 * 1024;

  private static final int FIRST = 4 * 1024;

  private final List<CopiedText> texts = new ArrayList<>();
  private int lent;

  /** Takes all buffers back: what was copied into them is no longer valid. */
  public void begin() {
    texts.removeIf(text -> text.capacity() > KEPT);
    texts.forEach(CopiedText::reset);
    lent = 0;
  }

  CopiedText lend() {
    if (lent == texts.size()) {
      texts.add(new CopiedText(FIRST));
    }
    return texts.get(lent++);
  }
}
