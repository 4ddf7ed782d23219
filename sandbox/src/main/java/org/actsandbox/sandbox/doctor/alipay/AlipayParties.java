package org.actsandbox.sandbox.doctor.alipay;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.jspecify.annotations.Nullable;

/**
 * Is what the doctor knows of the parties at a gateway.
 *
 * @param platform the public key of the platform; null if it is not known
 * @param earlierTexts reads texts for which signatures were made, the newest first; it is asked
 *     only for a signature that no single mistake explains
 * @param methods names of methods that the gateway knows
 * @param services ids of services that bills may name
 */
public record AlipayParties(
    List<App> apps,
    @Nullable RSAPublicKey platform,
    Supplier<List<EarlierText>> earlierTexts,
    List<String> methods,
    List<String> services) {

  /** The name of the platform among the owners of keys. */
  static final String PLATFORM = "platform";

  /** Ours: hashes of the last requests of an app are compared, not of all (AIP-261). */
  public static final int MAX_EARLIER_TEXTS = 100;

  /**
   * Is a registered application.
   *
   * @param seller the number of its owner, 2088...; empty if it is not known
   * @param key the registered public key; null if there is none
   * @param formerKeys its keys before the last change
   * @param certificateMode whether it registered a certificate in place of a key
   * @param aesKey the key for encrypted content, Base64; empty for none
   */
  public record App(
      String id,
      String seller,
      @Nullable RSAPublicKey key,
      List<RSAPublicKey> formerKeys,
      boolean certificateMode,
      String aesKey) {

    public App {
      formerKeys = List.copyOf(formerKeys);
    }

    public static App of(String id, String seller, RSAPublicKey key) {
      return new App(id, seller, key, List.of(), false, "");
    }
  }

  /**
   * Is a text that was signed earlier.
   *
   * @param name what it was, such as the place in the journal
   */
  public record EarlierText(String name, String text) {}

  public AlipayParties {
    apps = List.copyOf(apps);
    methods = List.copyOf(methods);
    services = List.copyOf(services);
  }

  public static AlipayParties of(List<App> apps, @Nullable RSAPublicKey platform) {
    return new AlipayParties(apps, platform, List::of, List.of(), List.of());
  }

  public AlipayParties withEarlierTexts(Supplier<List<EarlierText>> read) {
    return new AlipayParties(apps, platform, read, methods, services);
  }

  /** Returns the newest of the earlier texts, of which so many are compared. */
  List<EarlierText> newestTexts() {
    return earlierTexts.get().stream().limit(MAX_EARLIER_TEXTS).toList();
  }

  Optional<App> app(String id) {
    return apps.stream().filter(app -> app.id().equals(id)).findFirst();
  }

  /** Returns all keys, those of {@code appId} first. */
  List<KnownKey> keys(String appId) {
    var keys = new ArrayList<KnownKey>();
    app(appId).ifPresent(app -> addKeys(app, keys));
    apps.stream().filter(app -> !app.id().equals(appId)).forEach(app -> addKeys(app, keys));
    if (platform != null) {
      keys.add(KnownKey.ofRsa(PLATFORM, PLATFORM, platform));
    }
    return keys;
  }

  private static void addKeys(App app, List<KnownKey> keys) {
    if (app.key() != null) {
      keys.add(KnownKey.ofRsa(app.id(), app.id(), app.key()));
    }
    for (int i = 0; i < app.formerKeys().size(); i++) {
      keys.add(KnownKey.ofRsa(app.id() + " former " + (i + 1), app.id(), app.formerKeys().get(i)));
    }
  }
}
