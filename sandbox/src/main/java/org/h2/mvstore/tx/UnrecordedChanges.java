package org.h2.mvstore.tx;

import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * Takes back after a crash what H2 does not take back.
 *
 * <p>H2 writes the maps of a version one after another while transactions go on. So a file may have
 * a change whose record in the undo log, a map that was written earlier, it does not have. H2 takes
 * such a change for one that was not committed, but shows it to each later transaction that has the
 * number of the one that made it.
 */
public final class UnrecordedChanges {

  /**
   * Number of versions in which such a change may have been written. It is in the last one, or in
   * the one in which its transaction made it, and few versions are written while a transaction
   * lasts.
   */
  private static final int VERSIONS = 16;

  private UnrecordedChanges() {}

  /** Returns the number of the chunk with the last version of a file that was just opened. */
  public static int lastChunk(MVStore store) {
    return store.getLayoutMap().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(DataUtils.LAYOUT_ROOT))
        .mapToInt(entry -> DataUtils.getPageChunkId(DataUtils.parseHexLong(entry.getValue())))
        .max()
        .orElse(0);
  }

  /**
   * Gives each key of a table or index that has such a change its committed value.
   *
   * @param store an open database's, whose transactions of before were ended and which no session
   *     changes meanwhile
   * @param lastChunk that of its file before it was opened
   * @return the number of changes taken back
   */
  public static int takeBack(MVStore store, int lastChunk) {
    int found = 0;
    for (var key : List.copyOf(store.getMetaMap().keySet())) {
      if (key.startsWith(DataUtils.META_MAP)) {
        MVMap<Object, Object> map =
            store.getMap(DataUtils.parseHexInt(key.substring(DataUtils.META_MAP.length())));
        if (map != null && !map.isClosed()) {
          found += takeBack(map, lastChunk - VERSIONS);
        }
      }
    }
    return found;
  }

  private static int takeBack(MVMap<Object, Object> map, int newerThan) {
    var changes = new ArrayList<Change>();
    var root = map.getRootPage();
    if (isNewer(root.getPos(), newerThan)) {
      collect(root, newerThan, changes);
    }
    for (var change : changes) {
      if (change.committed() == null) {
        map.remove(change.key());
      } else {
        map.put(change.key(), VersionedValueCommitted.getInstance(change.committed()));
      }
    }
    return changes.size();
  }

  /** An inner page is always as new as the newest page below it. */
  private static void collect(Page<Object, Object> page, int newerThan, List<Change> into) {
    if (page.isLeaf()) {
      for (int i = 0; i < page.getKeyCount(); i++) {
        if (page.getValue(i) instanceof VersionedValue<?> value && value.getOperationId() != 0) {
          into.add(new Change(page.getKey(i), value.getCommittedValue()));
        }
      }
      return;
    }
    for (int i = 0; i < page.getRawChildPageCount(); i++) {
      if (isNewer(page.getChildPagePos(i), newerThan)) {
        collect(page.getChildPage(i), newerThan, into);
      }
    }
  }

  /** A page that was changed since the database was opened has no position yet. */
  private static boolean isNewer(long position, int newerThan) {
    return !DataUtils.isPageSaved(position) || DataUtils.getPageChunkId(position) > newerThan;
  }

  private record Change(Object key, @Nullable Object committed) {}
}
