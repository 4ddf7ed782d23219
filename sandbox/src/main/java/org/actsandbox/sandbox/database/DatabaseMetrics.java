package org.actsandbox.sandbox.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Shows the database's connection pools and the writes of its file. */
@Component
class DatabaseMetrics implements MeterBinder {

  private final HikariDataSource requests;
  private final HikariDataSource background;
  private final GroupCommit commits;

  DatabaseMetrics(
      @Qualifier("requestConnections") HikariDataSource requests,
      @Qualifier("backgroundPool") HikariDataSource background,
      GroupCommit commits) {
    this.requests = requests;
    this.background = background;
    this.commits = commits;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    var pools = new MicrometerMetricsTrackerFactory(registry);
    requests.setMetricsTrackerFactory(pools);
    background.setMetricsTrackerFactory(pools);
    FunctionCounter.builder("act.database.writes", commits, GroupCommit::writes)
        .description("Writes of the database file, each for all commits that waited")
        .register(registry);
    FunctionCounter.builder("act.database.commits", commits, GroupCommit::commits)
        .description("Commits that waited for the database file")
        .register(registry);
    TimeGauge.builder(
            "act.database.last-write", commits, TimeUnit.NANOSECONDS, GroupCommit::lastWriteNanos)
        .description("Time that the last write of the database file took")
        .register(registry);
  }
}
