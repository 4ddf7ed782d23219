package org.actsandbox.web.console.phone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/**
 * Makes and checks links to the cashier of one payment. A link is authenticated with the server's
 * secret and stored nowhere: it names the payment, and the machine's time at which it ends.
 */
@Component
class PaymentLinks {

  /** Ours: a code is scanned at once, and a photograph of it must soon be worth nothing. */
  static final Duration LIFETIME = Duration.ofMinutes(30);

  /** 128 bits: a link cannot be guessed within its lifetime, and its code stays coarse. */
  private static final int MAC_BYTES = 16;

  private static final int MOST_OPENED = 500;

  private static final Pattern TOKEN = Pattern.compile("([0-9a-z]{1,9})\\.([A-Za-z0-9_-]{22})");

  private final Hmac mac;
  private final Clock machine;
  private final LinkedHashSet<String> opened = new LinkedHashSet<>();

  PaymentLinks(DataFolder folder, Clock machine) {
    this.mac = new Hmac(Hmac.derive(folder.secret(), "payment links since " + folder.startToken()));
    this.machine = machine;
  }

  /** States of a link; only an open one shows its payment. */
  enum State {
    OPEN,
    EXPIRED,
    /** The link was not made by this server, or for another payment or world. */
    FOREIGN
  }

  /** Returns the path of a new link to the payment's cashier. */
  String path(World world, String tradeNo) {
    var until = Long.toString(machine.instant().plus(LIFETIME).getEpochSecond(), 36);
    return "/pay/" + world.name() + "/" + tradeNo + "/" + until + "." + mac(world, tradeNo, until);
  }

  State state(World world, String tradeNo, String token) {
    var parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return State.FOREIGN;
    }
    var expected = bytes(mac(world, tradeNo, parts.group(1)));
    if (!MessageDigest.isEqual(expected, bytes(parts.group(2)))) {
      return State.FOREIGN;
    }
    var until = Instant.ofEpochSecond(Long.parseLong(parts.group(1), 36));
    return machine.instant().isBefore(until) ? State.OPEN : State.EXPIRED;
  }

  /** Notes that a phone has opened the payment, so that the screen with the code can say so. */
  void opened(World world, String tradeNo) {
    synchronized (opened) {
      if (opened.add(key(world, tradeNo)) && opened.size() > MOST_OPENED) {
        opened.removeFirst();
      }
    }
  }

  boolean isOpened(World world, String tradeNo) {
    synchronized (opened) {
      return opened.contains(key(world, tradeNo));
    }
  }

  /** A world that was made anew has another partition, so that links of the old one end. */
  private static String key(World world, String tradeNo) {
    return world.keyPartition() + "|" + tradeNo;
  }

  private String mac(World world, String tradeNo, String until) {
    var whole = mac.of(key(world, tradeNo) + "|" + until);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, MAC_BYTES));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
