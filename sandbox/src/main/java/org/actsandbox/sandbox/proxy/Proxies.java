package org.actsandbox.sandbox.proxy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.journal.JournalEvent;
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
 * Opens, lists and removes the proxies of this server. Each belongs to a world, and the world's
 * faults decide what happens to its exchanges. Proxies end with the process, their faults remain.
 */
@Component
public class Proxies implements AutoCloseable {

  static final int MAX_PER_WORLD = 8;
  private static final int MAX = 64;

  private final LoadedWorlds worlds;
  private final ProxyTargets proxyTargets;
  private final List<Running> running = new ArrayList<>();
  private final Map<Integer, Running> byPort = new ConcurrentHashMap<>();

  Proxies(LoadedWorlds worlds, ProxyTargets proxyTargets) {
    this.worlds = worlds;
    this.proxyTargets = proxyTargets;
  }

  private record Running(
      WorldFaultDecider faultDecider,
      String name,
      String target,
      URI url,
      FaultProxy proxy,
      @Nullable StubServer stubs) {

    boolean isOf(World world) {
      return faultDecider.isOf(world);
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
   * Represents a proxy for the API and the console.
   *
   * @param target as it was requested
   * @param url address to which it passes requests on
   * @param address address where it listens, on this machine only
   * @param stubs number of answers that it gives in place of the target
   * @param record whether it records exchanges
   * @param faults faults of this proxy
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
   * Opens a proxy and arms its faults.
   *
   * @throws Refusal {@code invalid_field}, {@code access_restricted} for a target that may not be
   *     called, {@code limit_exceeded}
   */
  public synchronized Shown open(World world, ProxyRequest request) {
    closeOrphans();
    if (of(world).count() >= MAX_PER_WORLD || running.size() >= MAX) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "there are enough proxies")
          .expected("at most %d in a world and %d on the server".formatted(MAX_PER_WORLD, MAX))
          .remedy("Delete one first.");
    }
    var name = name(world, request);
    var faultRequests = request.faultsOf(name);
    var url = proxyTargets.of(world, request.target());
    var faultDecider = new WorldFaultDecider(worlds, world.name(), world.partition(), name);
    // This loads WireMock; a proxy without stubs does not need it.
    var stubs =
        request.needsStubs()
            ? new StubServer(url, request.checkedStubs(), request.remembers())
            : null;
    var proxyTarget = new ProxyTarget(stubs == null ? url : stubs.address());
    var proxy = FaultProxy.listen(0, proxyTarget, faultDecider);
    var added =
        new Running(faultDecider, name, String.valueOf(request.target()), url, proxy, stubs);
    running.add(added);
    byPort.put(proxy.port(), added);
    note(world, JournalEvent.PROXY_OPENED, added);
    faultRequests.forEach(world.faults()::add);
    return added.shown(world);
  }

  /**
   * Removes a proxy and its faults.
   *
   * @throws Refusal {@code not_found}
   */
  public synchronized void remove(World world, String name) {
    var found = find(world, name);
    close(found);
    found.shown(world).faults().forEach(each -> world.faults().remove(each.fault().id()));
    note(world, JournalEvent.PROXY_CLOSED, found);
  }

  /**
   * Switches a recording proxy to replay: it answers from the recorded exchanges.
   *
   * @return the stubs of the recorded exchanges, for a later request
   * @throws Refusal {@code not_found}, {@code illegal_transition} for a proxy that records nothing
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

  /**
   * Says whether the address is a proxy of this server: a participant that may call the server may
   * call its proxies.
   */
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

  /** Closes the proxies of worlds that were deleted or reset. */
  private void closeOrphans() {
    for (var each : List.copyOf(running)) {
      if (!each.faultDecider().worldExists()) {
        close(each);
      }
    }
  }

  private Stream<Running> of(World world) {
    return running.stream()
        .filter(each -> each.isOf(world))
        .sorted(Comparator.comparing(Running::name));
  }

  private String name(World world, ProxyRequest request) {
    var taken = of(world).map(Running::name).toList();
    var requestedName = request.checkedName();
    if (requestedName == null) {
      return IntStream.rangeClosed(1, MAX_PER_WORLD + 1)
          .mapToObj(number -> "proxy-" + number)
          .filter(each -> !taken.contains(each))
          .findFirst()
          .orElseThrow();
    }
    if (taken.contains(requestedName) || ProxyTargets.isParticipant(requestedName)) {
      throw new Refusal(Problem.INVALID_FIELD, "the name is taken")
          .at("name")
          .expected("another name than a participant's or another proxy's")
          .observed(requestedName);
    }
    return requestedName;
  }

  private static void note(World world, JournalEvent event, Running proxy) {
    world
        .journal()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.FAULT,
                event,
                Map.of(),
                Map.of(
                    "proxy", proxy.name(),
                    "target", proxy.target(),
                    "address", proxy.proxy().address().toString())));
  }
}
