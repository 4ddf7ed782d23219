package org.actsandbox.web.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.report.CheckJson;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Is a check of a merchant that runs, with its results so far. Any thread can read it. */
final class ShopCheck {

  private final String id;
  private final ShopCheckPlan plan;
  private final Instant startedAt;
  private final long started = System.nanoTime();
  private final List<ObjectNode> results = new ArrayList<>();
  private State state = State.RUNNING;
  private boolean stopped;
  private String problem = "";
  private String target;
  private @Nullable Runnable stop;
  private @Nullable CheckReport report;
  private @Nullable Duration took;

  /** Lists how a check can stand. */
  enum State {
    RUNNING,
    DONE,
    /** It was ended on request; what was not played is not tested. */
    STOPPED,
    UNREACHABLE,
    FAILED
  }

  /**
   * @param startedAt time by the machine's clock
   */
  ShopCheck(String id, ShopCheckPlan plan, Instant startedAt) {
    this.id = id;
    this.plan = plan;
    this.startedAt = startedAt;
    this.target = String.valueOf(plan.outside() == null ? plan.merchant() : plan.outside());
  }

  String id() {
    return id;
  }

  ShopCheckPlan plan() {
    return plan;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** Says that the checks begin; a check that was stopped before ends at once. */
  synchronized void begin(String address, Runnable howToStop) {
    target = address;
    stop = howToStop;
    if (stopped) {
      howToStop.run();
    }
  }

  synchronized void add(CheckResult result) {
    results.add(CheckJson.result(result));
  }

  /** Ends the check soon. A second call, and one after its end, changes nothing. */
  synchronized void stop() {
    if (state != State.RUNNING) {
      return;
    }
    stopped = true;
    if (stop != null) {
      stop.run();
    }
  }

  synchronized void finish(CheckReport finished) {
    report = finished;
    end(stopped ? State.STOPPED : State.DONE);
  }

  synchronized void finish(State end, String why) {
    problem = why;
    end(end);
  }

  private void end(State end) {
    state = end;
    took = Duration.ofNanos(System.nanoTime() - started);
  }

  synchronized boolean isOver() {
    return state != State.RUNNING;
  }

  /** Returns what the API answers and the pages show. */
  synchronized ObjectNode view() {
    var view = summary();
    var list = view.putArray("results");
    results.forEach(result -> list.add(result.deepCopy()));
    return view;
  }

  /** Returns the view without the results. */
  synchronized ObjectNode summary() {
    var view = Json.object();
    view.put("id", id).put("merchant", plan.merchant());
    view.putObject("name").put("en", plan.name().en()).put("zh", plan.name().zh());
    view.put("outside", plan.outside() != null);
    view.put("target", target).put("level", plan.level().code());
    view.put("profile", plan.profile().code());
    plan.only().forEach(view.putArray("only")::add);
    view.put("started_at", startedAt.toString());
    view.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
    view.put("stopping", stopped && state == State.RUNNING);
    var time = took == null ? Duration.ofNanos(System.nanoTime() - started) : took;
    view.put("seconds", Math.round(time.toMillis() / 100.0) / 10.0);
    view.put("planned", plan.checks()).put("played", results.size());
    if (!problem.isEmpty()) {
      view.put("problem", problem.length() > 500 ? problem.substring(0, 500) : problem);
    }
    var counts = view.putObject("counts");
    for (var result : results) {
      var verdict = result.path("verdict").asString();
      counts.put(verdict, counts.path(verdict).asInt(0) + 1);
    }
    var fixed = view.putArray("fixed_since_last_run");
    var stale = view.putArray("known_deviations_that_no_longer_occur");
    if (report != null) {
      view.put("total", report.total().word());
      report.fixed().forEach(fixed::add);
      report.stale().forEach(stale::add);
    }
    return view;
  }
}
