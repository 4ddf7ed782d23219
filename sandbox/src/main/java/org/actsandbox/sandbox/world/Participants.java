package org.actsandbox.sandbox.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the open participants of one loaded world and opens them on first use. */
final class Participants {

  private static final Logger log = LoggerFactory.getLogger(Participants.class);

  /**
   * In the order of opening, because opening draws ids, which follow from the world's seed, and
   * what is due at one moment happens in this order. It is that of the factories' names, so that it
   * does not depend on how a server finds them.
   */
  private final Map<Class<?>, ParticipantFactory<?>> factories;

  private final ReentrantLock opening = new ReentrantLock();
  private volatile Map<Class<?>, Open<?>> open = Map.of();
  private boolean closed;

  private record Open<P>(ParticipantFactory<P> factory, P participant, List<DueWork> dueWork) {

    void close() {
      factory.close(participant);
    }
  }

  Participants(List<ParticipantFactory<?>> factories) {
    var byType = new LinkedHashMap<Class<?>, ParticipantFactory<?>>();
    factories.stream()
        .sorted(Comparator.comparing(factory -> factory.getClass().getName()))
        .forEach(factory -> byType.put(factory.type(), factory));
    this.factories = Collections.unmodifiableMap(byType);
  }

  boolean hasFactory(Class<?> type) {
    return factories.containsKey(type);
  }

  <P> @Nullable P ifOpen(Class<P> type) {
    var found = open.get(type);
    return found == null ? null : type.cast(found.participant());
  }

  <P> P get(Class<P> type, World world) {
    var found = ifOpen(type);
    return found != null ? found : type.cast(opened(type, world).participant());
  }

  /** Returns the due work of all participants; it opens all of them first. */
  List<DueWork> dueWork(World world) {
    var all = new ArrayList<DueWork>();
    for (var type : factories.keySet()) {
      all.addAll(opened(type, world).dueWork());
    }
    return all;
  }

  void close() {
    opening.lock();
    try {
      closed = true;
      for (var each : open.values()) {
        try {
          each.close();
        } catch (RuntimeException failed) {
          // A participant that fails to close must not keep the others open.
          log.error("{} does not close", each.factory().type().getSimpleName(), failed);
        }
      }
    } finally {
      opening.unlock();
    }
  }

  private Open<?> opened(Class<?> type, World world) {
    var found = open.get(type);
    if (found != null) {
      return found;
    }
    opening.lock();
    try {
      var again = open.get(type);
      return again != null ? again : open(type, world);
    } finally {
      opening.unlock();
    }
  }

  private Open<?> open(Class<?> type, World world) {
    var factory = factories.get(type);
    if (factory == null) {
      throw new IllegalStateException("no participant of type " + type.getName());
    }
    if (closed) {
      throw WorldUnavailableRefusal.refusal(world.name());
    }
    var opened = openWith(factory, world);
    var all = new LinkedHashMap<>(open);
    all.put(type, opened);
    open = Map.copyOf(all);
    return opened;
  }

  private static <P> Open<P> openWith(ParticipantFactory<P> factory, World world) {
    var participant = factory.open(world);
    return new Open<>(factory, participant, List.copyOf(factory.dueWork(world, participant)));
  }
}
