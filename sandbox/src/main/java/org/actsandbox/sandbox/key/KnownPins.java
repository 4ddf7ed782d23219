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
 * Says of six digits whether they are a payment PIN of one world, so that a PIN can be masked
 * wherever it stands. It holds what the database holds, keyed digests, and the PIN that every world
 * begins with.
 */
public final class KnownPins {

  /** Digits that were compared and are none: a digest costs a microsecond, a journal has many. */
  private static final int REMEMBERED = 4_096;

  private final SecretKey secret;
  private final Collection<Did> owners;
  private final Map<String, List<PinMac>> macs = new ConcurrentHashMap<>();
  private final String opening;
  private final Set<String> digests = ConcurrentHashMap.newKeySet();
  private final AtomicIntegerArray none = new AtomicIntegerArray(REMEMBERED);

  /** A world whose PINs nobody has changed. */
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
   * A PIN that is good in this world, or was. Another server on the same database learns it at the
   * first comparison that succeeds there.
   *
   * @param scope the partition for which the digest was made
   * @param digest as it is stored
   */
  public synchronized void learn(String scope, String digest) {
    macs.computeIfAbsent(scope, this::macs);
    if (digests.add(digest)) {
      for (int i = 0; i < REMEMBERED; i++) {
        none.set(i, 0);
      }
    }
  }

  /**
   * @param digits six ASCII digits
   */
  public boolean has(String digits) {
    if (digits.equals(opening)) {
      return true;
    }
    // Zero stands for an empty place, so digits are kept one higher.
    int number = Integer.parseInt(digits) + 1;
    int place = number % REMEMBERED;
    if (digests.isEmpty() || none.get(place) == number) {
      return false;
    }
    return compared(digits, place, number);
  }

  /** Alone with {@link #learn}: what is learned meanwhile must not be remembered as none. */
  private synchronized boolean compared(String digits, int place, int number) {
    boolean found =
        macs.values().stream()
            .flatMap(List::stream)
            .anyMatch(mac -> digests.contains(mac.of(digits)));
    if (!found) {
      none.set(place, number);
    }
    return found;
  }
}
