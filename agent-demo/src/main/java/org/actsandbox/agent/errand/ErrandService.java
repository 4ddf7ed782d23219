package org.actsandbox.agent.errand;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the errands of one kind that the world's clock makes due, each on one thread at a time.
 * Every step is chosen from the stored state, so that a stop of the process loses nothing and buys
 * nothing twice.
 */
public abstract class ErrandService<E extends Errand<E>> implements DueWork {

  /** Ours: a step that runs longer than this counts as lost, and its errand falls due again. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(ErrandService.class);

  private static final int BATCH = 50;

  /** The cursor of the first page: no errand is newer. */
  private static final String NEWEST = "9999-12-31T00:00:00Z_~";

  protected final AgentWorld world;
  protected final ErrandStore<E> errands;
  protected final ErrandAuthority<E> errandAuthority;
  private final DelegationServiceClient delegationServiceClient;

  /** The errands that this process works on, by id, and whether each was woken meanwhile. */
  private final Map<String, Boolean> underWay = new ConcurrentHashMap<>();

  private volatile boolean closed;

  protected ErrandService(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      ErrandStore<E> errands,
      ErrandNarrator<E> errandNarrator) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.errands = errands;
    this.errandAuthority =
        new ErrandAuthority<>(world, delegationServiceClient, errands, errandNarrator);
  }

  /**
   * Does what is due for an errand that is not over, and stores when the next step is due.
   *
   * @throws StaleErrandException when another thread moved the errand meanwhile
   */
  protected abstract void work(E errand);

  /** Makes the errand due now, because the delegation service tells that its intent was decided. */
  public final void intentDecided(String intentId) {
    // Noted before the look: a decision can come before the errand that asked is stored.
    errandAuthority.noteDecision(intentId);
    errands
        .findByIntent(intentId)
        .ifPresent(
            errand -> {
              errandAuthority.forgetDecision(intentId);
              wake(errand);
            });
  }

  /**
   * Records the state and makes the errand due now, because the delegation service tells that its
   * delegation changed.
   */
  public final void delegationChanged(String delegationId, DelegationState state) {
    delegationServiceClient.recordState(delegationId, state);
    errands.findByDelegation(delegationId).ifPresent(this::wake);
  }

  /** Makes an errand due now; returns false when there is no such errand. */
  public final boolean wake(String errandId) {
    var found = errands.find(errandId);
    found.ifPresent(this::wake);
    return found.isPresent();
  }

  /**
   * A step that is under way has read what was true before, and stores its own next moment at its
   * end. Its errand is therefore woken at that end.
   */
  protected final void wake(E errand) {
    var id = errand.errandId();
    if (underWay.computeIfPresent(id, (_, _) -> true) == null) {
      errands.wake(id, world.now());
    }
  }

  /**
   * Does what the principal wants with an errand; when a step moved the errand meanwhile, it is
   * done again with what that step stored.
   *
   * @throws Refusal {@code unavailable} when steps are faster again and again
   */
  protected final void change(E read, Consumer<E> change) {
    try {
      errands.onCurrent(
          read,
          current -> {
            change.accept(current);
            return current;
          });
    } catch (StaleErrandException moved) {
      throw new Refusal(
              Problem.UNAVAILABLE, "the %s is being worked on".formatted(errands.kind().name()))
          .remedy("Say it again.");
    }
  }

  /**
   * Returns a page of the errands, newest first.
   *
   * @param cursor the {@code next} of the page before, opaque to callers; null for the first page
   * @throws Refusal {@code invalid_field} for a cursor that this list never gave
   */
  protected final <V> Page<V> page(@Nullable String cursor, int size, Function<E, V> view) {
    var from = (cursor == null ? NEWEST : cursor).split("_", 2);
    List<E> found;
    try {
      found = errands.newest(Instant.parse(from[0]), from[1], size + 1);
    } catch (DateTimeException | ArrayIndexOutOfBoundsException unknown) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no cursor of this list").at("cursor");
    }
    if (found.size() <= size) {
      return new Page<>(found.stream().map(view).toList(), null);
    }
    var shown = found.subList(0, size);
    var next = shown.getLast().createdAt() + "_" + shown.getLast().errandId();
    return new Page<>(shown.stream().map(view).toList(), next);
  }

  @Override
  public final Optional<Instant> nextDue() {
    return waiting(1).stream().map(Waiting::at).findFirst();
  }

  @Override
  public final List<Waiting> waiting(int limit) {
    return errands.waiting(limit);
  }

  @Override
  public final void fireDue(Instant now) {
    for (var id : due(now)) {
      if (underWay.putIfAbsent(id, false) == null) {
        run(id);
      }
    }
  }

  private List<String> due(Instant now) {
    return errands.waiting(BATCH).stream()
        .filter(waiting -> !waiting.at().isAfter(now))
        .map(Waiting::subject)
        .toList();
  }

  /**
   * Starts each due errand on a thread of its own, because participants may be slow and a running
   * clock serves others too. The lease is stored before the thread starts, so that the clock does
   * not find the same errand due again.
   */
  @Override
  public final void startDue(Instant now) {
    for (var id : due(now)) {
      if (!closed && underWay.putIfAbsent(id, false) == null) {
        start(id, now);
      }
    }
  }

  private void start(String id, Instant due) {
    boolean claimed = false;
    try {
      claimed = errands.claim(id, due, world.now().plus(LEASE));
    } finally {
      if (!claimed) {
        underWay.remove(id);
      }
    }
    if (claimed) {
      Thread.ofVirtual()
          .name("agent-" + errands.kind().name() + "-" + id)
          .start(() -> runLeased(id));
    }
  }

  private void runLeased(String id) {
    try {
      run(id);
    } catch (RuntimeException broken) {
      // Its row is due again when the lease is over.
      LOG.error("{} {} failed", errands.kind().name(), id, broken);
    }
  }

  private void run(String id) {
    try {
      // The errand may have been moved since it was found due, so it is read now.
      errands.find(id).filter(_ -> !closed).ifPresent(this::step);
    } catch (StaleErrandException moved) {
      LOG.info("{}", moved.getMessage());
    } finally {
      if (Boolean.TRUE.equals(underWay.remove(id))) {
        errands.wake(id, world.now());
      }
    }
  }

  private void step(E errand) {
    if (errand.isOver()) {
      errandAuthority.repeat(errand);
    } else {
      work(errand);
    }
  }

  protected final boolean isClosed() {
    return closed;
  }

  public final void close() {
    closed = true;
  }
}
