package org.actsandbox.scenarios.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests what the load driver counts, with steps that send no requests. */
class LoadDriverTests {

  private static final int COUNT = 20;

  @Test
  void aPurchaseThatFailsEndsAndIsAnError() throws InterruptedException {
    var second = new AtomicInteger();
    var driver =
        driver(
            4,
            step(
                "first",
                loadPurchase -> {
                  if (loadPurchase.number() % 5 == 0) {
                    throw new LoadPurchaseFailed("first", 409, "sold out");
                  }
                }),
            step("second", _ -> second.incrementAndGet()));

    var measured = driver.runToEnd(1, COUNT);

    assertThat(measured.done()).isEqualTo(16);
    assertThat(measured.errors()).isEqualTo(4);
    assertThat(second).hasValue(16);
    assertThat(measured.whole().getTotalCount()).isEqualTo(16);
    assertThat(driver.failures()).containsOnlyKeys("first 409");
    assertThat(driver.failures().get("first 409")).startsWith("4x, such as first: 409 sold out");
  }

  @Test
  void stepByStepTheSecondStepBeginsAfterAllHaveTakenTheFirst() throws InterruptedException {
    var taken = new CopyOnWriteArrayList<String>();
    var driver =
        driver(4, step("first", _ -> taken.add("first")), step("second", _ -> taken.add("second")));

    var measured = driver.stepByStep(0, COUNT);

    assertThat(measured.done()).isEqualTo(COUNT);
    assertThat(taken.subList(0, COUNT)).containsOnly("first");
    assertThat(taken.subList(COUNT, 2 * COUNT)).containsOnly("second");
  }

  @Test
  void atARateNothingBeginsBeforeItsTime() throws InterruptedException {
    var begun = new ConcurrentHashMap<Long, Long>();
    var driver =
        driver(
            COUNT,
            step("only", loadPurchase -> begun.put(loadPurchase.number(), System.nanoTime())));
    long start = System.nanoTime();

    driver.atRate(0, COUNT, 200);

    assertThat(begun).hasSize(COUNT);
    begun.forEach(
        (number, at) ->
            assertThat(Duration.ofNanos(at - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5).multipliedBy(number)));
  }

  /** Otherwise a slow server would delay the start of purchases and so hide its slowness. */
  @Test
  void aPurchaseDelayedByASlowOneCountsFromWhenItWasDue() throws InterruptedException {
    long slow = Duration.ofMillis(300).toNanos();
    var driver =
        driver(
            1,
            step(
                "only",
                loadPurchase -> {
                  if (loadPurchase.number() == 0) {
                    long until = System.nanoTime() + slow;
                    await().until(() -> System.nanoTime() > until);
                  }
                }));

    var measured = driver.atRate(0, COUNT, 1000);

    assertThat(measured.whole().getTotalCount()).isEqualTo(COUNT);
    // The last was due after 19 ms.
    assertThat(measured.whole().getMinValue()).isGreaterThan(270_000);
    // Its own request did not take that long.
    assertThat(measured.bySteps().getFirst().micros().getMinValue()).isLessThan(270_000);
  }

  @Test
  void everyPurchaseIsMadeOnceWithManyWorkers() throws InterruptedException {
    Set<Long> made = ConcurrentHashMap.newKeySet();
    var twice = new AtomicInteger();
    var driver =
        driver(
            16,
            step(
                "only",
                loadPurchase -> {
                  if (!made.add(loadPurchase.number())) {
                    twice.incrementAndGet();
                  }
                }));

    driver.runToEnd(100, 500);

    assertThat(made).hasSize(500).contains(100L, 599L);
    assertThat(twice).hasValue(0);
  }

  private static LoadDriver driver(int concurrency, LoadPurchase.Step... steps) {
    return new LoadDriver(List.of(steps), concurrency, Clock.systemUTC());
  }

  private static LoadPurchase.Step step(
      String name, java.util.function.Consumer<LoadPurchase> request) {
    return LoadPurchase.Step.of(name, request);
  }
}
