package org.actsandbox.sandbox.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads and sets the clock of a world. */
@RestController
@RequestMapping("/api/worlds/{world}/clock")
class ClockEndpoints {

  private static final Duration MAX_STEP = Duration.ofDays(3_660);
  private static final int MAX_LISTED = 100;

  /** Requests an advance of the clock; exactly one of the three fields is present. */
  record Advance(@Nullable Duration by, @Nullable Instant to, @Nullable Boolean toNextDue) {}

  /** Answers the clock and the waiting work, the earliest first. */
  @EndpointSummary("Read the clock of a world and what waits for it")
  @GetMapping
  ClockView.WithWork show(
      World world,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    if (limit < 1 || limit > MAX_LISTED) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + MAX_LISTED)
          .observed(String.valueOf(limit));
    }
    return ClockView.WithWork.of(world.clock(), cursor, limit);
  }

  @EndpointSummary("Set the clock of a world")
  @PutMapping
  ClockView set(World world, @RequestBody @RequiredFields("mode") ClockRequest request) {
    request.applyTo(world.clock());
    return ClockView.of(world.clock());
  }

  /** Advances the clock and answers when all work that fell due on the way is done. */
  @EndpointSummary("Advance the clock of a world and do what falls due")
  @PostMapping("/advance")
  ClockView advance(World world, @RequestBody Advance request) {
    requireOne(request);
    if (request.toNextDue() != null) {
      world.clock().advanceToNextDue();
    } else if (request.to() != null) {
      world.clock().advanceTo(request.to());
    } else {
      world.clock().advanceBy(checked(Objects.requireNonNull(request.by())));
    }
    return ClockView.of(world.clock());
  }

  private static void requireOne(Advance request) {
    long given =
        Stream.of(request.by(), request.to(), request.toNextDue()).filter(Objects::nonNull).count();
    if (given != 1 || Boolean.FALSE.equals(request.toNextDue())) {
      throw new Refusal(Problem.INVALID_FIELD, "one of by, to and to_next_due is needed")
          .at("by")
          .expected(
              "by, such as PT10M, to, such as 2026-12-01T08:00:00Z, or to_next_due, which is"
                  + " true");
    }
  }

  private static Duration checked(Duration by) {
    if (by.isNegative() || by.compareTo(MAX_STEP) > 0) {
      throw new Refusal(Problem.INVALID_FIELD, "not a step forward")
          .at("by")
          .expected("PT0S to " + MAX_STEP)
          .observed(by.toString());
    }
    return by;
  }
}
