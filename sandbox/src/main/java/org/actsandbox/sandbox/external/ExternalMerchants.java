package org.actsandbox.sandbox.external;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Registers the merchants that run outside the sandbox: they keep their private keys, the world
 * knows the public ones. A merchant that is removed can come back under its id; its earlier keys
 * still verify what they signed.
 */
public final class ExternalMerchants implements KeyDirectory {

  /** Ours: limit of merchants, because the agent asks all of them in one search. */
  static final int MAX_MERCHANTS = 50;

  private final JdbcClient jdbc;
  private final String partition;
  private final ExternalOrders orders;

  /** Merchants that take part, by id. */
  private final Map<String, ExternalMerchant> present = new ConcurrentHashMap<>();

  /** Keys of present and removed merchants by id, oldest first; the lists never change. */
  private final Map<String, List<StoredKey>> keys = new ConcurrentHashMap<>();

  /**
   * Represents one key of a merchant.
   *
   * @param from time by the world's clock at which it replaced the one before
   */
  private record StoredKey(VerificationKey key, KeySource source, Instant from) {}

  /**
   * @param partition first key column of what stays through resets
   * @param tradePartition first key column of what a reset forgets
   */
  public ExternalMerchants(JdbcClient jdbc, String partition, String tradePartition) {
    this.jdbc = jdbc;
    this.partition = partition;
    this.orders = new ExternalOrders(jdbc, tradePartition);
    load();
  }

  /** Returns what is known of the orders at these merchants. */
  public ExternalOrders orders() {
    return orders;
  }

  /** Returns the merchants that take part, in the order in which they came. */
  public List<ExternalMerchant> all() {
    return present.values().stream()
        .sorted(Comparator.comparing(ExternalMerchant::addedAt).thenComparing(ExternalMerchant::id))
        .toList();
  }

  public Optional<ExternalMerchant> find(Did merchant) {
    return get(merchant.name());
  }

  public Optional<ExternalMerchant> get(String id) {
    return Optional.ofNullable(present.get(id));
  }

  /** Returns the merchant to which the address belongs. */
  public Optional<ExternalMerchant> ownerOf(URI address) {
    return present.values().stream().filter(merchant -> merchant.owns(address)).findFirst();
  }

  public boolean isRemoved(Did merchant) {
    return keys.containsKey(merchant.name()) && !present.containsKey(merchant.name());
  }

  /** Returns the merchants that take part, and those that did. */
  public List<Did> everPresent() {
    return keys.keySet().stream().map(Did::of).sorted().toList();
  }

  @Override
  public Optional<VerificationKey> find(String signerId) {
    return remembered(signerId).filter(key -> present.containsKey(ownerName(signerId)));
  }

  /** Finds a key even if its merchant was removed, to verify what it signed before. */
  public Optional<VerificationKey> remembered(String signerId) {
    return keys.getOrDefault(ownerName(signerId), List.of()).stream()
        .map(StoredKey::key)
        .filter(key -> key.signerId().equals(signerId))
        .findFirst();
  }

  /** Returns all keys of a merchant, newest first. */
  public List<VerificationKey> publicKeys(Did merchant) {
    return keys.getOrDefault(merchant.name(), List.of()).reversed().stream()
        .map(StoredKey::key)
        .toList();
  }

  /** Returns where the newest key of a merchant comes from. */
  public Optional<KeySource> keySource(Did merchant) {
    return keys.getOrDefault(merchant.name(), List.of()).reversed().stream()
        .map(StoredKey::source)
        .findFirst();
  }

  /**
   * Returns the keys of a merchant with the period of each, oldest first. The first one has no
   * beginning, because the merchant had it before it came.
   */
  public List<KeyPeriod> periods(Did merchant) {
    var stored = keys.getOrDefault(merchant.name(), List.of());
    var periods = new ArrayList<KeyPeriod>();
    for (int i = 0; i < stored.size(); i++) {
      periods.add(
          new KeyPeriod(
              stored.get(i).key(),
              i == 0 ? Instant.EPOCH : stored.get(i).from(),
              i + 1 < stored.size() ? stored.get(i + 1).from() : null));
    }
    return periods;
  }

  /** Returns the id that the next key of a merchant gets. */
  public String nextKeyId(Did merchant) {
    return merchant.key(keys.getOrDefault(merchant.name(), List.of()).size() + 1);
  }

  /**
   * Lets a merchant take part.
   *
   * @throws Refusal {@code name_taken} if a merchant of this id takes part already, {@code
   *     limit_exceeded}
   */
  public synchronized void add(ExternalMerchant merchant) {
    if (present.containsKey(merchant.id())) {
      throw taken(merchant.id());
    }
    if (present.size() >= MAX_MERCHANTS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough merchants from outside")
          .expected("at most " + MAX_MERCHANTS)
          .remedy("Remove one, or make another world.");
    }
    jdbc.sql("delete from external_merchants where world = ? and id = ? and removed_at is not null")
        .params(partition, merchant.id())
        .update();
    try {
      jdbc.sql(
              "insert into external_merchants"
                  + " (world, id, url, kind, level, resource, name_en, name_zh, added_at)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              partition,
              merchant.id(),
              merchant.url().toString(),
              merchant.kind().code(),
              merchant.level().code(),
              merchant.resource(),
              merchant.name().en(),
              merchant.name().zh(),
              merchant.addedAt().atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException insertedByOtherNode) {
      throw taken(merchant.id());
    }
    present.put(merchant.id(), merchant);
  }

  /**
   * Changes what is known of a merchant; its id stays.
   *
   * @throws Refusal {@code not_found}
   */
  public synchronized void update(ExternalMerchant merchant) {
    require(merchant.id());
    jdbc.sql(
            "update external_merchants"
                + " set url = ?, kind = ?, level = ?, resource = ?, name_en = ?, name_zh = ?"
                + " where world = ? and id = ?")
        .params(
            merchant.url().toString(),
            merchant.kind().code(),
            merchant.level().code(),
            merchant.resource(),
            merchant.name().en(),
            merchant.name().zh(),
            partition,
            merchant.id())
        .update();
    present.put(merchant.id(), merchant);
  }

  /**
   * Gives a merchant its first or its next key, which signs from now on. The newest key again
   * changes nothing.
   *
   * @param key its id is {@link #nextKeyId}
   */
  public synchronized void addKey(Did merchant, VerificationKey key, KeySource source, Instant at) {
    var stored = keys.getOrDefault(merchant.name(), List.of());
    if (!stored.isEmpty() && isSame(stored.getLast().key(), key)) {
      return;
    }
    if (stored.size() >= KeySet.MAX_KEYS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this merchant has had enough keys")
          .expected("at most " + KeySet.MAX_KEYS)
          .remedy("Add the merchant under another id.");
    }
    jdbc.sql(
            "insert into external_merchant_keys (world, merchant, number, jwk, source, valid_from)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            partition,
            merchant.name(),
            stored.size() + 1,
            key.jwk(),
            source.name(),
            at.atOffset(ZoneOffset.UTC))
        .update();
    var more = new ArrayList<>(stored);
    more.add(new StoredKey(key, source, at));
    keys.put(merchant.name(), List.copyOf(more));
  }

  /** Compares the keys themselves, because each has an id of its own. */
  private static boolean isSame(VerificationKey known, VerificationKey other) {
    return known
        .jwk()
        .replace(known.signerId(), "")
        .equals(other.jwk().replace(other.signerId(), ""));
  }

  /**
   * Removes a merchant. Its keys stay, so that what it signed remains verifiable.
   *
   * @throws Refusal {@code not_found}
   */
  public synchronized void remove(String id, Instant at) {
    require(id);
    jdbc.sql("update external_merchants set removed_at = ? where world = ? and id = ?")
        .params(at.atOffset(ZoneOffset.UTC), partition, id)
        .update();
    present.remove(id);
  }

  /**
   * Returns the merchant.
   *
   * @throws Refusal {@code not_found}
   */
  public ExternalMerchant require(String id) {
    return get(id)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no merchant from outside has that id here")
                    .at("merchant")
                    .observed(id));
  }

  private static String ownerName(String signerId) {
    int hash = signerId.indexOf('#');
    var owner = hash < 0 ? signerId : signerId.substring(0, hash);
    return owner.startsWith("did:act:") ? owner.substring("did:act:".length()) : "";
  }

  private void load() {
    jdbc.sql("select * from external_merchants where world = ? and removed_at is null")
        .param(partition)
        .query((row, _) -> merchant(row))
        .list()
        .forEach(merchant -> present.put(merchant.id(), merchant));
    jdbc.sql(
            "select merchant, jwk, source, valid_from from external_merchant_keys"
                + " where world = ? order by world, merchant, number")
        .param(partition)
        .query(
            row -> {
              var id = row.getString("merchant");
              var more = new ArrayList<>(keys.getOrDefault(id, List.of()));
              more.add(key(row));
              keys.put(id, List.copyOf(more));
            });
  }

  private static ExternalMerchant merchant(ResultSet row) throws SQLException {
    return new ExternalMerchant(
        row.getString("id"),
        URI.create(row.getString("url")),
        MerchantKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        MerchantLevel.find(row.getString("level")).orElseThrow(),
        row.getString("resource"),
        new Text(row.getString("name_en"), row.getString("name_zh")),
        instant(row, "added_at"));
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    var set = KeySet.parse("{\"keys\":[" + row.getString("jwk") + "]}");
    return new StoredKey(
        set.keys().values().iterator().next(),
        KeySource.valueOf(row.getString("source")),
        instant(row, "valid_from"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? Instant.EPOCH : at.toInstant();
  }

  private static Refusal taken(String id) {
    return new Refusal(Problem.NAME_TAKEN, "a merchant of this id takes part already")
        .at("id")
        .observed(id)
        .remedy("PATCH changes it, DELETE removes it.");
  }
}
