package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.cleanup.PartitionCleanup;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Manages the worlds of this server: those that are stored, and those of them that are in memory.
 */
@Component
public class LoadedWorlds implements Worlds, SmartLifecycle {

  private static final int MAX_PAGE = 100;

  private final WorldTable table;
  private final WorldCache cache;
  private final WorldRowFactory worldRowFactory;
  private final WorldOwnership ownership;
  private final PartitionCleanup partitionCleanup;
  private final Clock machine;
  private final TransactionOperations transactions;
  private final SandboxSettings sandboxSettings;
  private volatile boolean running;

  LoadedWorlds(
      WorldTable table,
      WorldCache cache,
      WorldRowFactory worldRowFactory,
      WorldOwnership ownership,
      PartitionCleanup partitionCleanup,
      Clock machine,
      TransactionOperations transactions,
      SandboxSettings sandboxSettings) {
    this.table = table;
    this.cache = cache;
    this.worldRowFactory = worldRowFactory;
    this.ownership = ownership;
    this.partitionCleanup = partitionCleanup;
    this.machine = machine;
    this.transactions = transactions;
    this.sandboxSettings = sandboxSettings;
  }

  @Override
  public World get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such world")
                    .at("world")
                    .observed(name)
                    .remedy("GET /api/worlds lists them."));
  }

  @Override
  public Optional<World> find(String name) {
    return cache.find(name).map(world -> world);
  }

  /**
   * Enters the world for one request; until the lease is closed, the world is neither unloaded,
   * reset nor deleted. Empty when there is no such world.
   */
  public Optional<WorldLease> enter(String name) {
    return cache.enter(name);
  }

  /**
   * Enters the world if it is in memory, and never waits: for threads that must not block. Empty
   * when it is not in memory.
   */
  public Optional<WorldLease> enterIfLoaded(String name) {
    return cache.enterIfLoaded(name);
  }

  @Override
  public boolean exists(String name) {
    return table.find(name).isPresent();
  }

  /**
   * Unloads a world that another node is to own.
   *
   * @param patience longest wait until the agent's turns rest
   * @param pass gives the lease away, before the world can be loaded here again
   */
  public void unloadForMove(String name, Duration patience, Runnable pass) {
    cache.unloadForMove(name, patience, pass);
  }

  /** Says whether the world is in memory. */
  public boolean isLoaded(String name) {
    return cache.isLoaded(name);
  }

  @Override
  public World create(NewWorld newWorld) {
    if (table.count() >= sandboxSettings.maxWorlds()) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "there are enough worlds")
          .expected("at most " + sandboxSettings.maxWorlds())
          .remedy("Delete a world that is no longer needed.");
    }
    var row = worldRowFactory.newRow(newWorld);
    if (!table.insert(row)) {
      throw new Refusal(Problem.NAME_TAKEN, "there is a world of this name already")
          .at("name")
          .observed(row.name());
    }
    return get(row.name());
  }

  @Override
  public Page<Summary> list(@Nullable String cursor, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + MAX_PAGE)
          .observed(String.valueOf(limit));
    }
    var rows = table.after(cursor == null ? "" : cursor, limit + 1);
    var listed = rows.subList(0, Math.min(limit, rows.size()));
    return new Page<>(
        listed.stream()
            .map(row -> new Summary(row.name(), row.createdAt(), cache.isLoaded(row.name())))
            .toList(),
        rows.size() > limit ? listed.getLast().name() : null);
  }

  @Override
  public World reset(String name) {
    cache.whileUnloaded(
        name,
        world -> {
          world
              .journal()
              .note(
                  new JournalNote(
                      "operator",
                      JournalNote.Kind.STATE,
                      JournalEvent.WORLD_RESET,
                      Map.of(),
                      Map.of()));
          long last = world.journal().lastSeq();
          transactions.executeWithoutResult(_ -> table.reset(world.row(), last, machine.instant()));
        });
    partitionCleanup.wakeUp();
    return get(name);
  }

  @Override
  public void delete(String name) {
    if (name.equals(DEMO)) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "world demo always exists")
          .at("world")
          .remedy("Reset it instead.");
    }
    cache.whileUnloaded(
        name,
        world ->
            transactions.executeWithoutResult(_ -> table.delete(world.row(), machine.instant())));
    ownership.giveBack(name);
    partitionCleanup.wakeUp();
  }

  @Override
  public void start() {
    if (table.find(DEMO).isEmpty()) {
      // Another node may have inserted it first; then that node's demo world counts.
      table.insert(worldRowFactory.newRow(new NewWorld(DEMO, null, WorldSettings.DEFAULT)));
    }
    running = true;
  }

  /**
   * Starts due work only now, because it calls participants of this server, which did not answer
   * before.
   */
  @EventListener(ApplicationReadyEvent.class)
  void startDueWork() {
    partitionCleanup.start();
    // The worlds of a node are those that it owns; NodeLife looks for the due ones.
    cache.startTimer(ownership.isShared() ? List.of() : waiting());
  }

  private List<WorldTable.Waiting> waiting() {
    var now = machine.instant().truncatedTo(ChronoUnit.MICROS);
    return table.waiting().stream()
        .map(each -> each.due() == null ? new WorldTable.Waiting(each.name(), now) : each)
        .toList();
  }

  @Override
  public void stop() {
    cache.close();
    partitionCleanup.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Starts after the journal's writer and stops before it; the web server starts later and stops
   * earlier.
   */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 200;
  }
}
