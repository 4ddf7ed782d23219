package org.actsandbox.sandbox.world;

import java.util.List;
import org.actsandbox.protocol.time.DueWork;

/**
 * Adds a participant to every world; each kind of participant has one factory bean. A participant
 * is opened on first use, once per loaded world, and closed when the world is unloaded, reset or
 * deleted.
 *
 * <p>A participant's tables need no registration: every table with a {@code world} column is
 * emptied with its world.
 */
public interface ParticipantFactory<P> {

  /** Returns the type that controllers take as argument and {@link World#participant} looks up. */
  Class<P> type();

  /**
   * Opens the participant. This must be cheap: static data is shared, stores are bound to {@link
   * World#partition()}.
   */
  P open(World world);

  /** Returns the participant's due work; called once, after opening. */
  default List<DueWork> dueWork(P participant) {
    return List.of();
  }

  /** Returns the participant's due work, for participants with a clock of their own. */
  default List<DueWork> dueWork(World world, P participant) {
    return dueWork(participant);
  }

  /** Stops the participant's running work; nothing stored is lost. */
  default void close(P participant) {}
}
