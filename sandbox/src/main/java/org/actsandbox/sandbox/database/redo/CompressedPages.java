package org.actsandbox.sandbox.database.redo;

import java.lang.reflect.Field;
import org.h2.mvstore.MVStore;

/**
 * Has H2 compress the pages that it writes. H2's own option for this makes pages sixteen times as
 * large as well, so that a change would rewrite sixteen times as much. The file says of each page
 * whether it is compressed, so every H2 reads it, and older pages stay as they are.
 */
final class CompressedPages {

  /** H2's fast compression. */
  private static final int FAST = 1;

  private static final Field LEVEL = level();

  private CompressedPages() {}

  /** Must be called before the store is used by others. */
  static void of(MVStore store) {
    try {
      LEVEL.setInt(store, FAST);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("the field was made accessible", impossible);
    }
  }

  private static Field level() {
    try {
      var field = MVStore.class.getDeclaredField("compressionLevel");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException otherVersion) {
      throw new IllegalStateException("another version of H2 than 2.4.240", otherVersion);
    }
  }
}
