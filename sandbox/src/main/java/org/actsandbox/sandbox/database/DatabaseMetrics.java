package org.actsandbox.sandbox.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Shows the database's connection pools and the writes of its file. */
@Component
class DatabaseMetrics implements MeterBinder {

  private final HikariDataSource requests;
  private final HikariDataSource background;
  private final GroupCommit commits;
  private final DatabaseCost cost;
  private final Optional<H2File> h2File;
  private final Optional<RedoLog> redoLog;

  DatabaseMetrics(
      @Qualifier("requestConnections") HikariDataSource requests,
      @Qualifier("backgroundPool") HikariDataSource background,
      GroupCommit commits,
      DatabaseCost cost,
      Optional<H2File> h2File,
      Optional<RedoLog> redoLog) {
    this.requests = requests;
    this.background = background;
    this.commits = commits;
    this.cost = cost;
    this.h2File = h2File;
    this.redoLog = redoLog;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    var pools = new MicrometerMetricsTrackerFactory(registry);
    requests.setMetricsTrackerFactory(pools);
    background.setMetricsTrackerFactory(pools);
    FunctionCounter.builder("act.database.writes", commits, GroupCommit::writes)
        .description("Writes of the database file or its log, each for all commits that waited")
        .register(registry);
    FunctionCounter.builder("act.database.commits", commits, GroupCommit::commits)
        .description("Commits that waited for the database file")
        .register(registry);
    h2File.ifPresent(
        file ->
            FunctionCounter.builder(
                    "act.database.written", file, each -> each.writtenBytes() + loggedBytes())
                .baseUnit("bytes")
                .description("Bytes written to the database file and its log")
                .register(registry));
    redoLog.ifPresent(
        log ->
            FunctionCounter.builder("act.database.logged", log, RedoLog::writtenBytes)
                .baseUnit("bytes")
                .description("Bytes written to the log of the database file")
                .register(registry));
    redoLog.ifPresent(
        log ->
            FunctionCounter.builder("act.database.alone", log, RedoLog::changesAlone)
                .description("Changes for which all other commits waited")
                .register(registry));
    FunctionCounter.builder("act.database.executions", cost.executions(), LongAdder::sum)
        .description("Statements executed; each row of a batch is one")
        .register(registry);
    FunctionCounter.builder("act.database.connections", cost.connections(), LongAdder::sum)
        .description("Connections taken from a pool")
        .register(registry);
    FunctionCounter.builder("act.database.transactions", cost.commits(), LongAdder::sum)
        .description("Transactions committed, those that only read included")
        .register(registry);
    TimeGauge.builder(
            "act.database.last-write", commits, TimeUnit.NANOSECONDS, GroupCommit::lastWriteNanos)
        .description("Time that the last write of the database file took")
        .register(registry);
  }

  private long loggedBytes() {
    return redoLog.map(RedoLog::writtenBytes).orElse(0L);
  }
}
