package org.actsandbox.sandbox.node;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps this node alive among the others: it beats, buries nodes that are gone, takes over worlds
 * whose work is due, evens out the number of worlds, and gives all of them away before it stops.
 */
@Component
public class NodeLife implements SmartLifecycle, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(NodeLife.class);

  private static final long BEAT_MS = 1_000;

  /**
   * Beats in a row after which this node may bury others. After a restart of the database all beats
   * are old and all sessions are gone; a pool tries to connect every five seconds at most then.
   */
  private static final int BEATS_BEFORE_BURIAL = 15;

  /** Time between two stored beats after which they are not in a row: the database was away. */
  private static final long ROW_BROKEN_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Worlds that are loaded at one look for due work; the next look is a second later. */
  private static final int LOADS_AT_ONCE = 20;

  /** Difference in worlds to the emptiest node from which on one is given to it. */
  private static final int UNEVEN = 3;

  private static final Duration MOVE_TIME = Duration.ofSeconds(10);
  private static final int MOVES_AT_ONCE = 8;

  private final NodeLeases leases;
  private final NodeTable table;
  private final LoadedWorlds worlds;
  private final SandboxSettings sandboxSettings;
  private final ConfigurableApplicationContext context;

  /** Beats have a thread of their own: nothing that takes long may delay them. */
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("node-beat").factory());

  private final ScheduledExecutorService care =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("node-care").factory());

  private int beatsInARow;
  private long lastStored = System.nanoTime();
  private volatile boolean joined;
  private volatile boolean running;

  NodeLife(
      NodeLeases leases,
      NodeTable table,
      LoadedWorlds worlds,
      SandboxSettings sandboxSettings,
      ConfigurableApplicationContext context) {
    this.leases = leases;
    this.table = table;
    this.worlds = worlds;
    this.sandboxSettings = sandboxSettings;
    this.context = context;
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    if (!leases.isShared()) {
      return;
    }
    var address = address(event.getWebServer().getPort());
    table.add(leases.ownId(), address);
    joined = true;
    log.info("node {} answers other nodes at {}", leases.ownId(), address);
    beat();
    var _ = beats.scheduleAtFixedRate(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    var _ = care.scheduleWithFixedDelay(this::care, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  private URI address(int port) {
    var configured = sandboxSettings.nodes().address();
    if (configured != null) {
      return configured;
    }
    var bind = sandboxSettings.bind();
    if (!bind.equals("0.0.0.0") && !bind.equals("::")) {
      return URI.create("http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + port);
    }
    try {
      return URI.create("http://" + InetAddress.getLocalHost().getHostName() + ":" + port);
    } catch (UnknownHostException nameless) {
      throw new IllegalStateException(
          "this machine does not know its own name: set act.nodes.address", nameless);
    }
  }

  private void beat() {
    try {
      long sent = System.nanoTime();
      if (!table.beat(leases.ownId())) {
        end();
        return;
      }
      leases.beaten(sent, table.nodes());
      long stored = System.nanoTime();
      beatsInARow = stored - lastStored > ROW_BROKEN_NANOS ? 0 : beatsInARow + 1;
      lastStored = stored;
      if (beatsInARow > BEATS_BEFORE_BURIAL) {
        table
            .bury(leases.ownId())
            .forEach(id -> log.warn("node {} is gone; its worlds go to others", id));
      }
    } catch (DataAccessException | TransactionException away) {
      beatsInARow = 0;
      log.debug("the database does not answer this node", away);
    } catch (RuntimeException failed) {
      beatsInARow = 0;
      log.error("a beat of this node failed", failed);
    }
  }

  /** Ends the process, because all that it has in memory may be out of date. */
  private void end() {
    log.error("other nodes have taken the worlds of node {}: it stops", leases.ownId());
    beats.shutdown();
    care.shutdown();
    leases.lose();
    Thread.ofPlatform().name("node-lost").start(context::close);
  }

  private void care() {
    try {
      if (leases.isFresh() && !leases.isDraining()) {
        loadDue();
        evenOut();
      }
    } catch (DataAccessException | TransactionException | Refusal away) {
      log.debug("worlds are looked after later", away);
    } catch (RuntimeException failed) {
      log.error("worlds of this node cannot be looked after", failed);
    }
  }

  private void loadDue() {
    table.withDueWork(leases.ownId()).stream()
        .filter(world -> !worlds.isLoaded(world))
        .limit(LOADS_AT_ONCE)
        .forEach(
            world -> {
              if (leases.ownerOf(world, true).filter(leases::isOwn).isPresent()) {
                var _ = worlds.find(world);
              }
            });
  }

  /** Gives the emptiest node a world, if this node has clearly more. */
  private void evenOut() {
    var emptiest = leases.emptiestOther();
    if (emptiest.isEmpty() || leases.ownedWorlds() < emptiest.get().worlds() + UNEVEN) {
      return;
    }
    leases.leastBusy().ifPresent(world -> move(world, emptiest.get().id()));
  }

  /** Moves a world when nothing is under way in it any more, at the latest after ten seconds. */
  private void move(String world, String to) {
    var started = leases.startMove(world);
    if (started.isEmpty()) {
      return;
    }
    try {
      started.get().awaitEmpty(MOVE_TIME.toMillis());
      worlds.unloadForMove(world, MOVE_TIME, () -> leases.pass(world, to));
    } finally {
      started.get().endMove();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Gives all worlds away while the server still answers, and forwards what comes for them. */
  @Override
  public void stop() {
    running = false;
    if (!joined || !leases.isFresh()) {
      return;
    }
    care.shutdown();
    long since = System.nanoTime();
    try {
      leases.startDraining();
      drain();
      long left = sandboxSettings.nodes().drain().toNanos() - (System.nanoTime() - since);
      if (left > 0 && leases.emptiestOther().isPresent()) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (DataAccessException | TransactionException away) {
      log.warn("the worlds of this node go to others when it is gone", away);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() throws InterruptedException {
    try (var moves =
        Executors.newFixedThreadPool(
            MOVES_AT_ONCE, Thread.ofVirtual().name("move-", 0).factory())) {
      for (var world : leases.owned()) {
        moves.execute(() -> moveQuietly(world));
      }
      moves.shutdown();
      var _ = moves.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void moveQuietly(String world) {
    try {
      // To the one that asks first if there is no other node.
      leases.emptiestOther().ifPresent(node -> move(world, leases.nextInTurn(node).id()));
    } catch (RuntimeException failed) {
      log.warn("world {} goes to another node when this one is gone", world, failed);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before the web server does. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 512;
  }

  /** Leaves the nodes after the last world was unloaded. */
  @Override
  public void destroy() {
    beats.shutdownNow();
    care.shutdownNow();
    if (joined && leases.isFresh()) {
      try {
        table.remove(leases.ownId());
      } catch (DataAccessException away) {
        log.debug("another node removes this one", away);
      }
    }
  }
}
