package org.actsandbox.sandbox.proxy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.proxy.stub.StubServer;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The proxies of this server. Each belongs to a world, whose faults decide what happens to its
 * exchanges; none outlives the process, its faults do.
 */
@Component
public class Proxies implements AutoCloseable {

  static final int MAX_PER_WORLD = 8;
  private static final int MAX = 64;

  private final LoadedWorlds worlds;
  private final Targets targets;
  private final List<Running> running = new ArrayList<>();
  private final Map<Integer, Running> byPort = new ConcurrentHashMap<>();

  Proxies(LoadedWorlds worlds, Targets targets) {
    this.worlds = worlds;
    this.targets = targets;
  }

  private record Running(
      WorldDice dice,
      String name,
      String target,
      URI url,
      WireProxy proxy,
      @Nullable StubServer stubs) {

    boolean isOf(World world) {
      return dice.isOf(world);
    }

    Shown shown(World world) {
      return new Shown(
          name,
          target,
          url,
          proxy.address(),
          stubs == null ? 0 : stubs.count(),
          stubs != null && stubs.remembers(),
          world.faults().list().stream()
              .filter(each -> each.fault().participant().equals(name))
              .toList());
    }
  }

  /**
   * A proxy as people see it.
   *
   * @param target as it was ordered
   * @param url where it passes requests on to
   * @param address where it listens, on this machine only
   * @param stubs how many answers it gives in the target's place
   * @param record whether it remembers what passes
   * @param faults those that concern it
   */
  public record Shown(
      String name,
      String target,
      URI url,
      URI address,
      int stubs,
      boolean record,
      List<Fault.Status> faults) {}

  public synchronized List<Shown> list(World world) {
    return of(world).map(each -> each.shown(world)).toList();
  }

  /**
   * Opens one and orders its faults.
   *
   * @throws Refusal {@code invalid_field}, {@code access_restricted} for a target that may not be
   *     called, {@code limit_exceeded}
   */
  public synchronized Shown open(World world, ProxyOrder order) {
    forgetOrphans();
    if (of(world).count() >= MAX_PER_WORLD || running.size() >= MAX) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "there are enough proxies")
          .expected("at most %d in a world and %d on the server".formatted(MAX_PER_WORLD, MAX))
          .remedy("Delete one first.");
    }
    var name = name(world, order);
    var orders = order.faultsOf(name);
    var url = targets.of(world, order.target());
    var dice = new WorldDice(worlds, world.name(), world.partition(), name);
    // Loads WireMock; a proxy without stubs has no need of it.
    var stubs =
        order.wantsStubs() ? new StubServer(url, order.checkedStubs(), order.remembers()) : null;
    var next = new Target(stubs == null ? url : stubs.address());
    var proxy = WireProxy.listen(0, next, dice);
    var added = new Running(dice, name, String.valueOf(order.target()), url, proxy, stubs);
    running.add(added);
    byPort.put(proxy.port(), added);
    note(world, "proxy-opened", added);
    orders.forEach(world.faults()::add);
    return added.shown(world);
  }

  /**
   * Its faults go with it.
   *
   * @throws Refusal {@code not_found}
   */
  public synchronized void remove(World world, String name) {
    var found = find(world, name);
    close(found);
    found.shown(world).faults().forEach(each -> world.faults().remove(each.fault().id()));
    note(world, "proxy-closed", found);
  }

  /**
   * From now on what passed is answered from memory.
   *
   * @return the stubs that say so, to be ordered again another day
   * @throws Refusal {@code not_found}, {@code illegal_transition} for a proxy that remembers
   *     nothing
   */
  public synchronized List<JsonNode> replay(World world, String name) {
    var stubs = find(world, name).stubs();
    if (stubs == null || !stubs.remembers()) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "this proxy remembers nothing")
          .at("name")
          .observed(name)
          .remedy("Open one with \"record\": true.");
    }
    return stubs.replay();
  }

  private Running find(World world, String name) {
    return of(world)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this world has no such proxy")
                    .at("name")
                    .observed(name));
  }

  /** Whether the address is a proxy's of this server: whoever may call us may call it. */
  public boolean isOwn(URI address) {
    return "localhost".equals(address.getHost()) && byPort.containsKey(address.getPort());
  }

  @Override
  public synchronized void close() {
    List.copyOf(running).forEach(this::close);
  }

  private void close(Running each) {
    running.remove(each);
    byPort.remove(each.proxy().port());
    each.proxy().close();
    if (each.stubs() != null) {
      each.stubs().close();
    }
  }

  /** Of worlds that were deleted or reset. */
  private void forgetOrphans() {
    for (var each : List.copyOf(running)) {
      if (!each.dice().isWorldThere()) {
        close(each);
      }
    }
  }

  private Stream<Running> of(World world) {
    return running.stream()
        .filter(each -> each.isOf(world))
        .sorted(Comparator.comparing(Running::name));
  }

  private String name(World world, ProxyOrder order) {
    var taken = of(world).map(Running::name).toList();
    var wish = order.checkedName();
    if (wish == null) {
      return IntStream.rangeClosed(1, MAX_PER_WORLD + 1)
          .mapToObj(number -> "proxy-" + number)
          .filter(each -> !taken.contains(each))
          .findFirst()
          .orElseThrow();
    }
    if (taken.contains(wish) || Targets.isParticipant(wish)) {
      throw new Refusal(Problem.INVALID_FIELD, "the name is taken")
          .at("name")
          .expected("another name than a participant's or another proxy's")
          .observed(wish);
    }
    return wish;
  }

  private static void note(World world, String event, Running proxy) {
    world
        .journal()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.FAULT,
                null,
                event,
                Map.of(),
                Map.of(
                    "proxy", proxy.name(),
                    "target", proxy.target(),
                    "address", proxy.proxy().address().toString())));
  }
}
