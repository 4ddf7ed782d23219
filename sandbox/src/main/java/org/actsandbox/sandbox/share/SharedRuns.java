package org.actsandbox.sandbox.share;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Stores, opens and revokes the shared runs of all worlds. */
@Component
public class SharedRuns {

  /** Ours: links are meant for a few readers. */
  public static final int MAX_PER_WORLD = 20;

  public static final int MAX_DAYS = 30;
  private static final int MAX_RUNS = 500;
  private static final int MAX_TITLE = 120;

  /** Below H2's limit of one value. */
  private static final int PART_BYTES = 900_000;

  private static final String COLUMNS =
      "share_id, world_name, title, entries, bytes, created_at, expires_at";

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock machine;

  SharedRuns(JdbcClient jdbc, TransactionOperations transactions, Clock machine) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.machine = machine;
  }

  /**
   * Represents a run that was just shared.
   *
   * @param token opens it; it is not stored and cannot be shown again
   */
  public record NewShare(SharedRun run, String token) {}

  /** Represents a shared run that was opened by its link. */
  public record OpenedShare(SharedRun run, JournalSnapshot snapshot) {}

  /**
   * Checks the title of a shared run.
   *
   * @throws Refusal {@code invalid_field}
   */
  static void requireTitle(String title) {
    if (title.strip().length() > MAX_TITLE) {
      throw new Refusal(Problem.INVALID_FIELD, "the title is too long")
          .at("title")
          .expected("at most " + MAX_TITLE + " characters");
    }
    if (title.strip().codePoints().anyMatch(Character::isISOControl)) {
      throw FieldChecks.invalid("title", "no control characters", "a control character");
    }
  }

  /**
   * Copies the selected part of the world's journal.
   *
   * @throws Refusal {@code invalid_field}, {@code not_found} when nothing is selected, {@code
   *     limit_exceeded}
   */
  public SharedRuns.NewShare share(
      World world, JournalSelection journalSelection, String title, Duration duration) {
    if (duration.isNegative()
        || duration.isZero()
        || duration.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new Refusal(Problem.INVALID_FIELD, "a link lasts some days")
          .at("days")
          .expected("1 to " + MAX_DAYS);
    }
    requireTitle(title);
    dropExpired();
    var journalSnapshot = snapshot(world, journalSelection.checked(world.principals()));
    var content = journalSnapshot.deflated();
    var token = ShareToken.token();
    var now = machine.instant();
    var run =
        new SharedRun(
            "sh_" + ShareToken.id(),
            world.name(),
            world.secrets().mask(title),
            journalSnapshot.entries().size(),
            content.length,
            now,
            now.plus(duration));
    transactions.executeWithoutResult(
        _ -> {
          requireRoom(world);
          store(world.keyPartition(), run, token, content);
        });
    return new SharedRuns.NewShare(run, token);
  }

  private static JournalSnapshot snapshot(World world, JournalSelection journalSelection) {
    var entries = new ArrayList<JournalEntry>();
    JournalSelection.Page page;
    long after = 0;
    do {
      page = journalSelection.page(world.journalStore(), after, JournalQuery.MAX_LIMIT);
      after = page.lookedUpTo();
      entries.addAll(page.items());
      if (entries.size() > JournalSelection.MAX_RELATED_ENTRIES) {
        throw new Refusal(Problem.LIMIT_EXCEEDED, "too many entries to share")
            .expected("at most " + JournalSelection.MAX_RELATED_ENTRIES)
            .remedy("Share one order or one intent of it.");
      }
    } while (!page.last());
    if (entries.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "the journal has no entry about it");
    }
    return JournalSnapshot.of(world.base(), entries, world.pastDirectory());
  }

  private void requireRoom(World world) {
    var here = count("where world = ?", world.keyPartition());
    if (here >= MAX_PER_WORLD || count("where world <> ?", "") >= MAX_RUNS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "there are enough shared runs")
          .expected("at most %d of a world, %d in all".formatted(MAX_PER_WORLD, MAX_RUNS))
          .remedy("Delete one of them.");
    }
  }

  private long count(String where, String value) {
    return jdbc.sql("select count(*) from shared_run " + where)
        .param(value)
        .query(Long.class)
        .single();
  }

  private void store(String world, SharedRun run, String token, byte[] content) {
    jdbc.sql(
            "insert into shared_run (world, share_id, token_hash, world_name, title, entries,"
                + " bytes, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            world,
            run.id(),
            ShareToken.hash(token),
            run.world(),
            run.title(),
            run.entries(),
            run.bytes(),
            utc(run.createdAt()),
            utc(run.expiresAt()))
        .update();
    for (int from = 0, part = 0; from < content.length; from += PART_BYTES, part++) {
      jdbc.sql("insert into shared_run_part (world, share_id, part, content) values (?, ?, ?, ?)")
          .params(
              world,
              run.id(),
              part,
              Arrays.copyOfRange(content, from, Math.min(content.length, from + PART_BYTES)))
          .update();
    }
  }

  /** Returns the shared runs of this world, the newest first. */
  public List<SharedRun> of(World world) {
    dropExpired();
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from shared_run where world = ? order by created_at desc, share_id limit "
                + MAX_PER_WORLD)
        .param(world.keyPartition())
        .query(SharedRuns::run)
        .list();
  }

  /**
   * Revokes a shared run; its link opens nothing from now on.
   *
   * @throws Refusal {@code not_found}
   */
  public void revoke(World world, String id) {
    if (!delete(world.keyPartition(), id)) {
      throw new Refusal(Problem.NOT_FOUND, "this world shares no such run").at("id").observed(id);
    }
  }

  /**
   * Opens a shared run. Empty when it never existed, has expired, was revoked or goes with its
   * world; the caller cannot tell which.
   */
  public Optional<SharedRuns.OpenedShare> open(String token) {
    if (!ShareToken.isToken(token)) {
      return Optional.empty();
    }
    return jdbc.sql("select " + COLUMNS + ", world from shared_run where token_hash = ?")
        .param(ShareToken.hash(token))
        .query((row, number) -> opened(row.getString("world"), run(row, number)))
        .optional()
        .flatMap(Function.identity())
        .filter(openedShare -> machine.instant().isBefore(openedShare.run().expiresAt()));
  }

  /**
   * Reads the run; empty when parts of it are gone, because a deleted world is emptied in pieces.
   */
  private Optional<SharedRuns.OpenedShare> opened(String world, SharedRun run) {
    var bytes = new ByteArrayOutputStream();
    jdbc.sql("select content from shared_run_part where world = ? and share_id = ? order by part")
        .params(world, run.id())
        .query((part, _) -> part.getBytes(1))
        .list()
        .forEach(bytes::writeBytes);
    return bytes.size() == run.bytes()
        ? Optional.of(
            new SharedRuns.OpenedShare(run, JournalSnapshot.inflated(bytes.toByteArray())))
        : Optional.empty();
  }

  private void dropExpired() {
    record Key(String world, String id) {}
    jdbc.sql("select world, share_id from shared_run where expires_at <= ? limit 100")
        .param(utc(machine.instant()))
        .query((row, _) -> new Key(row.getString(1), row.getString(2)))
        .list()
        .forEach(key -> delete(key.world(), key.id()));
  }

  private boolean delete(String world, String id) {
    return Boolean.TRUE.equals(
        transactions.execute(
            _ -> {
              jdbc.sql("delete from shared_run_part where world = ? and share_id = ?")
                  .params(world, id)
                  .update();
              return jdbc.sql("delete from shared_run where world = ? and share_id = ?")
                      .params(world, id)
                      .update()
                  == 1;
            }));
  }

  private static SharedRun run(ResultSet row, int number) throws SQLException {
    return new SharedRun(
        row.getString("share_id"),
        row.getString("world_name"),
        row.getString("title"),
        row.getInt("entries"),
        row.getLong("bytes"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
