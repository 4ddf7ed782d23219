package org.actsandbox.web.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.share.ShareToken;
import org.actsandbox.scenarios.check.report.CheckJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stores the finished checks of all worlds, the newest of each, and opens them by their links. */
@Component
class ShopCheckStore {

  /** Ours: more than one compares, and a bound for the database. */
  static final int MAX_PER_WORLD = 20;

  /** Below H2's limit of one value. */
  private static final int PART_BYTES = 900_000;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock machine;

  ShopCheckStore(JdbcClient jdbc, TransactionOperations transactions, Clock machine) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.machine = machine;
  }

  /**
   * Represents a link that was just made.
   *
   * @param token opens the check; it is not stored and cannot be shown again
   */
  record NewLink(String token, Instant expiresAt) {}

  /**
   * Stores a check.
   *
   * @param content the view with its results, and the files of the report
   */
  void add(String partition, ShopCheck check, ObjectNode content) {
    var deflated = deflated(Json.bytes(content));
    transactions.executeWithoutResult(
        _ -> {
          jdbc.sql(
                  "insert into shop_check (world, check_id, merchant, level, started_at, summary)"
                      + " values (?, ?, ?, ?, ?, ?)")
              .params(
                  partition,
                  check.id(),
                  check.plan().merchant(),
                  check.plan().kind(),
                  utc(check.startedAt()),
                  Json.write(check.summary()))
              .update();
          for (int from = 0, part = 0; from < deflated.length; from += PART_BYTES, part++) {
            jdbc.sql(
                    "insert into shop_check_part (world, check_id, part, content)"
                        + " values (?, ?, ?, ?)")
                .params(
                    partition,
                    check.id(),
                    part,
                    Arrays.copyOfRange(
                        deflated, from, Math.min(deflated.length, from + PART_BYTES)))
                .update();
          }
          dropOldest(partition);
        });
  }

  /** Deletes what is more than the world keeps, the oldest first. */
  private void dropOldest(String partition) {
    var ids =
        jdbc.sql(
                "select check_id from shop_check where world = ?"
                    + " order by world desc, started_at desc, check_id desc")
            .param(partition)
            .query(String.class)
            .list();
    ids.stream()
        .skip(MAX_PER_WORLD)
        .forEach(
            id -> {
              jdbc.sql("delete from shop_check_part where world = ? and check_id = ?")
                  .params(partition, id)
                  .update();
              jdbc.sql("delete from shop_check where world = ? and check_id = ?")
                  .params(partition, id)
                  .update();
            });
  }

  /** Returns the summaries of a world's checks, the newest first. */
  List<JsonNode> list(String partition) {
    return jdbc.sql(
            "select summary from shop_check where world = ?"
                + " order by world desc, started_at desc, check_id desc limit "
                + MAX_PER_WORLD)
        .param(partition)
        .query((row, _) -> Json.parse(row.getString(1)))
        .list();
  }

  /** Returns the view and the files of a check. */
  Optional<JsonNode> find(String partition, String id) {
    return content(partition, id);
  }

  /** Returns the results of the last check of a merchant of the same kind. */
  Optional<JsonNode> last(String partition, String merchant, String kind) {
    return jdbc.sql(
            "select check_id from shop_check where world = ? and merchant = ? and level = ?"
                + " order by world desc, merchant desc, level desc, started_at desc,"
                + " check_id desc limit 1")
        .params(partition, merchant, kind)
        .query(String.class)
        .optional()
        .flatMap(id -> content(partition, id));
  }

  /** Makes the link of a check; an earlier link of it opens nothing from now on. */
  Optional<NewLink> link(String partition, String id, Duration duration) {
    var link = new NewLink(ShareToken.token(), machine.instant().plus(duration));
    int changed =
        jdbc.sql(
                "update shop_check set token_hash = ?, expires_at = ?"
                    + " where world = ? and check_id = ?")
            .params(ShareToken.hash(link.token()), utc(link.expiresAt()), partition, id)
            .update();
    return changed == 1 ? Optional.of(link) : Optional.empty();
  }

  /** Opens a check by its link; empty when it never existed, has expired or was replaced. */
  Optional<JsonNode> open(String token) {
    if (!ShareToken.isToken(token)) {
      return Optional.empty();
    }
    record Key(String partition, String id, Instant until) {}
    return jdbc.sql("select world, check_id, expires_at from shop_check where token_hash = ?")
        .param(ShareToken.hash(token))
        .query(
            (row, _) ->
                new Key(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()))
        .optional()
        .filter(key -> machine.instant().isBefore(key.until()))
        .flatMap(key -> content(key.partition(), key.id()));
  }

  private Optional<JsonNode> content(String partition, String id) {
    var bytes = new ByteArrayOutputStream();
    jdbc.sql(
            "select content from shop_check_part where world = ? and check_id = ?"
                + " order by world, check_id, part")
        .params(partition, id)
        .query((part, _) -> part.getBytes(1))
        .list()
        .forEach(bytes::writeBytes);
    return bytes.size() == 0
        ? Optional.empty()
        : Optional.of(CheckJson.read(inflated(bytes.toByteArray())));
  }

  private static byte[] deflated(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(bytes)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] inflated(byte[] deflated) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return in.readAllBytes();
    } catch (IOException damaged) {
      throw new UncheckedIOException("a stored check is damaged", damaged);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
