package org.actsandbox.sandbox.key;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import javax.crypto.SecretKey;
import org.actsandbox.protocol.identity.Did;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether six digits are a payment PIN of one world, so that a PIN can be masked wherever it
 * occurs. It holds the keyed digests in the database, and the PIN with which every world begins.
 */
public final class KnownPins {

  /**
   * Size of the cache of digits that are no PIN: a digest takes a microsecond, and a journal has
   * many digits.
   */
  private static final int CACHE_SIZE = 4_096;

  private final SecretKey secret;
  private final Collection<Did> owners;
  private final Map<String, List<PinMac>> macs = new ConcurrentHashMap<>();
  private final String opening;
  private final Set<String> digests = ConcurrentHashMap.newKeySet();
  private final AtomicIntegerArray noPins = new AtomicIntegerArray(CACHE_SIZE);

  /** Makes the PINs of a world in which no PIN was changed. */
  public KnownPins(SecretKey secret, String partition, Collection<Did> owners, String opening) {
    this.secret = secret;
    this.owners = List.copyOf(owners);
    this.macs.put(partition, macs(partition));
    this.opening = opening;
  }

  /** Reads the digests of PINs that were changed before the world was loaded. */
  public KnownPins load(JdbcClient jdbc, String partition) {
    jdbc.sql("select mac_scope, mac from psp_pin where world = ?")
        .param(partition)
        .query(
            row -> {
              learn(row.getString(1), row.getString(2));
            });
    return this;
  }

  private List<PinMac> macs(String scope) {
    return owners.stream().map(owner -> new PinMac(secret, scope, owner)).toList();
  }

  /**
   * Adds a PIN that is valid in this world, or was. Another server on the same database adds it at
   * its first successful comparison.
   *
   * @param scope the partition for which the digest was made
   * @param digest digest as it is stored
   */
  public synchronized void learn(String scope, String digest) {
    macs.computeIfAbsent(scope, this::macs);
    if (digests.add(digest)) {
      for (int i = 0; i < CACHE_SIZE; i++) {
        noPins.set(i, 0);
      }
    }
  }

  /**
   * Says whether the digits are a PIN.
   *
   * @param digits six ASCII digits
   */
  public boolean has(String digits) {
    if (digits.equals(opening)) {
      return true;
    }
    // Zero marks an empty entry, so a number is stored one higher.
    int number = Integer.parseInt(digits) + 1;
    int place = number % CACHE_SIZE;
    if (digests.isEmpty() || noPins.get(place) == number) {
      return false;
    }
    return compare(digits, place, number);
  }

  /**
   * Compares the digests under the same lock as {@link #learn}: a PIN that is added meanwhile must
   * not be cached as no PIN.
   */
  private synchronized boolean compare(String digits, int place, int number) {
    boolean found =
        macs.values().stream()
            .flatMap(List::stream)
            .anyMatch(mac -> digests.contains(mac.of(digits)));
    if (!found) {
      noPins.set(place, number);
    }
    return found;
  }
}
