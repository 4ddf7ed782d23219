package org.actsandbox.sandbox.node;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.database.NodeIdentity;
import org.actsandbox.sandbox.world.WorldOwnership;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows which worlds this node owns, and counts the requests inside each: a world moves when none
 * is inside.
 */
@Component
public class NodeLeases implements WorldOwnership {

  /**
   * Time without a beat after which this node answers nothing about its worlds. It ends before
   * another node may bury this one.
   */
  private static final long FRESH_NANOS =
      TimeUnit.SECONDS.toNanos(NodeTable.GONE_SECONDS) - TimeUnit.SECONDS.toNanos(1);

  private final NodeIdentity identity;
  private final NodeTable table;
  private final Map<String, OwnedWorld> owned = new ConcurrentHashMap<>();
  private volatile long lastBeat = System.nanoTime() - FRESH_NANOS;
  private volatile List<Node> nodes = List.of();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile boolean draining;

  NodeLeases(NodeIdentity identity, NodeTable table) {
    this.identity = identity;
    this.table = table;
  }

  @Override
  public boolean isShared() {
    return identity.isOneOfSeveral();
  }

  public String ownId() {
    return identity.id();
  }

  /** Returns the nodes as they were at the last beat, the oldest first. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the number of worlds that this node owns. */
  public int ownedWorlds() {
    return owned.size();
  }

  public boolean isDraining() {
    return draining;
  }

  /** Says whether no other node can have taken this node's worlds yet. */
  public boolean isFresh() {
    return System.nanoTime() - lastBeat < FRESH_NANOS;
  }

  /**
   * Notes a beat that the database has stored.
   *
   * @param sentNanos time at which it was sent
   */
  void beaten(long sentNanos, List<Node> all) {
    lastBeat = sentNanos;
    nodes = List.copyOf(all);
  }

  /** Answers nothing about worlds from now on, because other nodes may have them. */
  void lose() {
    lastBeat = System.nanoTime() - FRESH_NANOS;
  }

  void startDraining() {
    draining = true;
    table.drain(identity.id());
  }

  /**
   * Enters a world that this node owns, for one request; never waits.
   *
   * @param fromInside whether the request serves another one that is inside: it must not wait for
   *     the end of that one
   * @return the world, to be left once; empty if the request has to look for the owner
   */
  public Optional<OwnedWorld> enter(String world, boolean fromInside) {
    var found = owned.get(world);
    return found != null && isFresh() && found.enter(fromInside)
        ? Optional.of(found)
        : Optional.empty();
  }

  /** Says whether the world is about to leave this node. */
  public boolean isMoving(String world) {
    var found = owned.get(world);
    return found != null && found.isMoving();
  }

  /**
   * Returns the node that a request for the world goes to.
   *
   * @param mayChoose whether a free world may go to another node with fewer worlds; else this node
   *     takes it
   * @return empty if there is no such world
   */
  public Optional<Node> ownerOf(String world, boolean mayChoose) {
    requireFresh();
    var lease = table.lease(world);
    if (lease.isEmpty()) {
      var choice = mayChoose ? emptier() : null;
      if (choice != null) {
        return Optional.of(choice);
      }
      lease = table.take(world, identity.id());
      if (lease.isEmpty() && table.hasWorld(world)) {
        // This node is stopping, or another one has buried it.
        throw elsewhere(world);
      }
    }
    if (lease.isPresent() && isOwn(lease.get().node())) {
      lease = Optional.of(noted(world, lease.get()));
    }
    return lease.map(NodeTable.Lease::node);
  }

  /**
   * Notes that this node owns the world. A world that was passed on between the look at its lease
   * and the note would be served here for ever, so the lease is looked at once more.
   */
  private NodeTable.Lease noted(String world, NodeTable.Lease lease) {
    var added = new OwnedWorld(world, lease.fence());
    if (owned.putIfAbsent(world, added) != null) {
      return lease;
    }
    var now = table.lease(world).orElse(null);
    if (now == null || !isOwn(now.node())) {
      owned.remove(world, added);
    }
    if (now == null) {
      throw elsewhere(world);
    }
    return now;
  }

  /** Returns this node as the others see it. */
  public Node self() {
    return find(identity.id())
        .orElseThrow(
            () -> new Refusal(Problem.UNAVAILABLE, "this node has not joined the others yet"));
  }

  public boolean isOwn(Node node) {
    return node.id().equals(identity.id());
  }

  /** Returns another node that should take the next world; null if this one should. */
  private @Nullable Node emptier() {
    var emptiest = emptiestOther();
    if (emptiest.isEmpty()) {
      return null;
    }
    return draining || emptiest.get().worlds() + 1 < owned.size() ? emptiest.get() : null;
  }

  Optional<Node> emptiestOther() {
    return nodes.stream()
        .filter(node -> !node.draining() && !isOwn(node))
        .min(Comparator.comparingInt(Node::worlds));
  }

  /** Returns the nodes that stay in turn, so that the worlds of one that stops spread. */
  Node nextInTurn(Node otherwise) {
    var staying = nodes.stream().filter(node -> !node.draining() && !isOwn(node)).toList();
    return staying.isEmpty()
        ? otherwise
        : staying.get(Math.floorMod(turn.getAndIncrement(), staying.size()));
  }

  /** Returns a world in which no request is. */
  Optional<String> leastBusy() {
    return owned.values().stream().filter(OwnedWorld::isEmpty).map(OwnedWorld::name).findFirst();
  }

  /**
   * Returns a node that is alive.
   *
   * @return empty for a node that is gone, also one that does not know it yet
   */
  public Optional<Node> find(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  public void requireFresh() {
    if (!isFresh()) {
      throw new Refusal(Problem.UNAVAILABLE, "this node does not reach the database")
          .remedy("Query what became of it, then try again.")
          .retryAfter(Duration.ofSeconds(2));
    }
  }

  /** Refuses while this node should get no further requests. */
  public void requireServing() {
    requireFresh();
    if (draining) {
      throw new Refusal(Problem.UNAVAILABLE, "this node is stopping").remedy("Ask another node.");
    }
  }

  @Override
  public void take(String world) {
    if (!isShared() || owned.containsKey(world)) {
      return;
    }
    var owner = ownerOf(world, false);
    if (owner.isPresent() && !isOwn(owner.get())) {
      throw elsewhere(world);
    }
  }

  private static Refusal elsewhere(String world) {
    return new Refusal(Problem.UNAVAILABLE, "world " + world + " is on another node")
        .at("world")
        .remedy("Try again in a moment.")
        .retryAfter(Duration.ofSeconds(1));
  }

  Set<String> owned() {
    return Set.copyOf(owned.keySet());
  }

  @Override
  public void giveBack(String world) {
    if (isShared()) {
      pass(world, "");
    }
  }

  /** Has requests for the world wait from now on, and those inside leave. */
  Optional<OwnedWorld> startMove(String world) {
    return Optional.ofNullable(owned.get(world)).filter(OwnedWorld::startMove);
  }

  /** Gives the lease to another node, or to the one that asks first if {@code to} is empty. */
  void pass(String world, String to) {
    table.pass(world, identity.id(), to);
    owned.remove(world);
  }
}
