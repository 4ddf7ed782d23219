package org.actsandbox.sandbox.alipay.app;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp.AppKey;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the applications of all worlds. A number is one application's on the whole server, because
 * requests without a world in their address name nothing else (AIP-306). Rows are read for each
 * request: another node of the server may have changed them.
 */
@Component
public final class AlipayApps {

  /** Ours: limits of rows that a world can make. */
  static final int MAX_APPS = 50;

  static final int MAX_KEYS = 20;

  private static final int NUMBER_ATTEMPTS = 20;

  /** Reads applications with their keys in one statement: a call of the gateway takes one. */
  private static final String COLUMNS =
      "select a.app_id, a.world_name, a.owner, a.owner_kind, a.account, a.name, a.created_at,"
          + " k.public_key, k.fingerprint, k.source, k.valid_from from alipay_apps a"
          + " left join alipay_app_keys k on k.world = a.world and k.app_id = a.app_id ";

  private final JdbcClient jdbc;
  private final Transactions transactions;

  AlipayApps(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Finds the application in whatever world it is. */
  public Optional<AlipayApp> find(String appId) {
    return jdbc
        .sql(COLUMNS + "where a.app_id = ? order by k.number")
        .param(appId)
        .query(AlipayApps::apps)
        .stream()
        .findFirst();
  }

  /** Finds an application of the world. */
  public Optional<AlipayApp> find(World world, String appId) {
    return jdbc
        .sql(COLUMNS + "where a.world = ? and a.app_id = ? order by k.number")
        .params(world.keyPartition(), appId)
        .query(AlipayApps::apps)
        .stream()
        .findFirst();
  }

  /** Lists the applications of the world by their numbers. */
  public List<AlipayApp> all(World world) {
    return jdbc.sql(COLUMNS + "where a.world = ? order by a.world, a.app_id, k.number")
        .param(world.keyPartition())
        .query(AlipayApps::apps);
  }

  /** Returns the name of the world that has the application. */
  public Optional<String> worldOf(String appId) {
    return jdbc.sql("select world_name from alipay_apps where app_id = ?")
        .param(appId)
        .query(String.class)
        .optional();
  }

  /**
   * Adds an application with a first key, or without one.
   *
   * @throws Refusal {@code limit_exceeded}
   */
  AlipayApp add(World world, Did owner, OwnerKind kind, String name, Optional<AppKey> first) {
    var appId =
        transactions.execute(
            () -> {
              if (all(world).size() >= MAX_APPS) {
                throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough applications")
                    .expected("at most " + MAX_APPS);
              }
              var added = insert(world, owner, kind, name);
              first.ifPresent(key -> insertKey(world, added, 1, key));
              return added;
            });
    return find(world, appId).orElseThrow();
  }

  private String insert(World world, Did owner, OwnerKind kind, String name) {
    for (int attempt = 0; attempt < MAX_APPS + NUMBER_ATTEMPTS; attempt++) {
      var appId = AlipayNumbers.application(world, owner, attempt);
      int added =
          jdbc.sql(
                  """
                  insert into alipay_apps (world, app_id, world_name, owner, owner_kind, account,
                    name, created_at)
                  values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                  """)
              .params(
                  world.keyPartition(),
                  appId,
                  world.name(),
                  owner.value(),
                  kind.name(),
                  AlipayNumbers.account(world, owner),
                  name,
                  utc(world.clock().instant()))
              .update();
      if (added == 1) {
        return appId;
      }
    }
    throw new IllegalStateException("no free application number for " + owner);
  }

  /**
   * Makes a key the one that signs; earlier ones stay known. The key that signs already changes
   * nothing.
   *
   * @throws Refusal {@code limit_exceeded}
   */
  AlipayApp addKey(World world, AlipayApp app, AppKey key) {
    transactions.executeWithoutResult(
        () -> {
          // The row is locked, so two keys that come at once get two numbers.
          jdbc.sql("select app_id from alipay_apps where world = ? and app_id = ? for update")
              .params(world.keyPartition(), app.appId())
              .query(String.class)
              .single();
          var known = find(world, app.appId()).orElseThrow().keys();
          boolean same =
              !known.isEmpty() && known.getLast().fingerprint().equals(key.fingerprint());
          if (!same && known.size() >= MAX_KEYS) {
            throw new Refusal(Problem.LIMIT_EXCEEDED, "this application has had enough keys")
                .expected("at most " + MAX_KEYS);
          }
          if (!same) {
            insertKey(world, app.appId(), known.size() + 1, key);
          }
        });
    return find(world, app.appId()).orElseThrow();
  }

  private void insertKey(World world, String appId, int number, AppKey key) {
    jdbc.sql(
            """
            insert into alipay_app_keys (world, app_id, number, public_key, fingerprint, source,
              valid_from)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            world.keyPartition(),
            appId,
            number,
            RsaKeyWriter.spki(key.key()),
            key.fingerprint(),
            key.source(),
            utc(key.validFrom()))
        .update();
  }

  void remove(World world, String appId) {
    transactions.executeWithoutResult(
        () -> {
          for (var table : List.of("alipay_app_keys", "alipay_apps")) {
            jdbc.sql("delete from " + table + " where world = ? and app_id = ?")
                .params(world.keyPartition(), appId)
                .update();
          }
        });
  }

  /**
   * Reads rows of applications, one for each key; the rows of one application follow each other.
   */
  private static List<AlipayApp> apps(ResultSet rows) throws SQLException {
    var apps = new ArrayList<AlipayApp>();
    while (rows.next()) {
      var appId = rows.getString("app_id");
      var keys = new ArrayList<AppKey>();
      if (!apps.isEmpty() && apps.getLast().appId().equals(appId)) {
        keys.addAll(apps.removeLast().keys());
      }
      if (rows.getString("public_key") != null) {
        keys.add(key(rows));
      }
      apps.add(
          new AlipayApp(
              appId,
              rows.getString("world_name"),
              new Did(rows.getString("owner")),
              OwnerKind.valueOf(rows.getString("owner_kind")),
              rows.getString("account"),
              rows.getString("name"),
              TimeColumns.instant(rows, "created_at"),
              keys));
    }
    return apps;
  }

  private static AppKey key(ResultSet row) throws SQLException {
    try {
      return new AppKey(
          RsaKeyText.read(row.getString("public_key")).publicKey(),
          row.getString("fingerprint"),
          row.getString("source"),
          TimeColumns.instant(row, "valid_from"));
    } catch (KeyTextException stored) {
      throw new IllegalStateException("a stored key cannot be read", stored);
    }
  }
}
