package org.actsandbox.sandbox.world.clock;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes worlds when work may be due, with one waiting thread for all of them. */
public final class WorldWakeUpTimer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorldWakeUpTimer.class);

  private final Clock machine;
  private final Consumer<String> wake;
  private final DelayQueue<Alarm> alarms = new DelayQueue<>();
  private final Map<String, Alarm> earliest = new ConcurrentHashMap<>();
  private final Thread thread;

  /**
   * @param wake called with a world's name, on a thread of its own
   */
  public WorldWakeUpTimer(Clock machine, Consumer<String> wake) {
    this.machine = machine;
    this.wake = wake;
    this.thread = Thread.ofVirtual().name("ticker").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Moves the world's alarm to {@code at} if that is earlier. */
  public void wakeAt(String world, Instant at) {
    earliest.compute(
        world,
        (_, current) -> {
          if (current != null && !current.at().isAfter(at)) {
            return current;
          }
          if (current != null) {
            alarms.remove(current);
          }
          var alarm = new Alarm(world, at, machine);
          alarms.add(alarm);
          return alarm;
        });
  }

  public void forget(String world) {
    var alarm = earliest.remove(world);
    if (alarm != null) {
      alarms.remove(alarm);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var alarm = alarms.take();
        earliest.remove(alarm.world(), alarm);
        Thread.ofVirtual().name("due " + alarm.world()).start(() -> wakeQuietly(alarm.world()));
      } catch (InterruptedException closed) {
        return;
      }
    }
  }

  private void wakeQuietly(String world) {
    try {
      wake.accept(world);
    } catch (Refusal elsewhere) {
      // The world was deleted, or another node has it.
      log.info("due work of world {} is left: {}", world, elsewhere.getMessage());
    } catch (RuntimeException failed) {
      log.error("due work of world {} could not be done", world, failed);
    }
  }

  private record Alarm(String world, Instant at, Clock machine) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(
          at.toEpochMilli() - machine.instant().toEpochMilli(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return other instanceof Alarm alarm
          ? at.compareTo(alarm.at)
          : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
