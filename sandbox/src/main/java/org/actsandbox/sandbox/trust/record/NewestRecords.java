package org.actsandbox.sandbox.trust.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest records that may be causes of later ones, so that the recorder does not look
 * up what it has just written. What it does not remember is in the table.
 *
 * <p>The recorder is the only one that makes records of these events, one batch at a time and with
 * growing ids. It is used under the recorder's lock.
 */
final class NewestRecords {

  /** Number of causes that are remembered; the oldest is forgotten first. */
  private static final int MAX = 1_024;

  private final Map<Cause, String> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cause, String> eldest) {
          return size() > MAX;
        }
      };

  private final @Nullable NewestRecords earlier;

  NewestRecords() {
    this.earlier = null;
  }

  /**
   * @param earlier what was remembered before a batch that is not committed yet
   */
  NewestRecords(NewestRecords earlier) {
    this.earlier = earlier;
  }

  /**
   * Says what a cause is looked up by.
   *
   * @param events the events that are one kind of cause
   * @param holder the holder of the record; null if any will do
   */
  record Cause(
      RecordStore.LookupKey key, String value, List<EventType> events, @Nullable Did holder) {}

  /** Remembers a record that was added; an older one of the same cause is forgotten. */
  void add(RecordStore.HeldRecord added) {
    for (var cause : UpstreamRecords.causesBy(added)) {
      ids.merge(
          cause, added.record().recordId(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  /** Returns the newest record of a cause, if it is remembered and older than {@code before}. */
  Optional<String> find(Cause cause, String before) {
    var id = ids.get(cause);
    if (id == null) {
      return earlier == null ? Optional.empty() : earlier.find(cause, before);
    }
    return id.compareTo(before) < 0 ? Optional.of(id) : Optional.empty();
  }

  /** Forgets all, because a record was added whose id others have chosen. */
  void clear() {
    ids.clear();
  }
}
