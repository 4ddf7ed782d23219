package org.actsandbox.sandbox.trust.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Represents ids of records that one statement names. */
record RecordIds(List<String> all) {

  RecordIds {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a statement names at least one record");
    }
    all = List.copyOf(all);
  }

  String first() {
    return Collections.min(all);
  }

  String last() {
    return Collections.max(all);
  }

  /**
   * Returns the ids with the last repeated up to a power of two, so that there are few different
   * statements to prepare.
   */
  List<String> padded() {
    var padded = new ArrayList<>(all);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(all.getLast());
    }
    return padded;
  }
}
