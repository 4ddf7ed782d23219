package org.actsandbox.agent.watch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.journal.JournalEvent;

/** The states of a watch; each is stored before every step that has an effect. */
public enum WatchState {
  /** The principal is asked for the authority. */
  ASKED,
  /**
   * The authority is there; the watch looks for its condition, or waits for the next payment of the
   * plan.
   */
  WATCHING,
  /** A turn of the conversation is buying. */
  BUYING,
  /**
   * The watch needs the principal (CID-7): it buys nothing until the principal tells it to
   * continue.
   */
  PAUSED,
  /** Everything was bought. */
  DONE,
  /** The watch is over, and not everything was bought. */
  ENDED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the event that the agent notes when a watch comes into this state. */
  JournalEvent event() {
    return switch (this) {
      case ASKED -> JournalEvent.WATCH_ASKED;
      case WATCHING -> JournalEvent.WATCH_WATCHING;
      case BUYING -> JournalEvent.WATCH_BUYING;
      case PAUSED -> JournalEvent.WATCH_PAUSED;
      case DONE -> JournalEvent.WATCH_DONE;
      case ENDED -> JournalEvent.WATCH_ENDED;
    };
  }

  @JsonCreator
  static WatchState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** The whole lifecycle: a move that is not listed here is a bug. */
  public Set<WatchState> successors() {
    return switch (this) {
      case ASKED -> EnumSet.of(ASKED, WATCHING, ENDED);
      case WATCHING -> EnumSet.of(WATCHING, BUYING, PAUSED, ENDED);
      case BUYING -> EnumSet.of(BUYING, WATCHING, PAUSED, DONE, ENDED);
      case PAUSED -> EnumSet.of(WATCHING, ENDED);
      case DONE, ENDED -> EnumSet.noneOf(WatchState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }
}
