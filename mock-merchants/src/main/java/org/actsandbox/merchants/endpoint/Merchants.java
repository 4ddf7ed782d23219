package org.actsandbox.merchants.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;

/** The merchants of one world. */
public final class Merchants implements AutoCloseable {

  private final Map<String, Merchant> byId;

  private Merchants(Map<String, Merchant> byId) {
    this.byId = byId;
  }

  /**
   * Opens every merchant of the {@link MerchantRoster}; cheap, reads nothing from the database.
   *
   * @param identities signer, address and PSP key of a merchant in this world
   * @param verticals one per kind
   */
  public static Merchants open(
      MerchantWorld world,
      Function<MerchantProfile, MerchantIdentity> identities,
      Map<MerchantKind, VerticalFactory> verticals) {
    return open(world, identities, verticals, MerchantRoster.all());
  }

  /** Likewise for other merchants than the roster's. */
  public static Merchants open(
      MerchantWorld world,
      Function<MerchantProfile, MerchantIdentity> identities,
      Map<MerchantKind, VerticalFactory> verticals,
      List<MerchantProfile> profiles) {
    return open(_ -> world, identities, verticals, profiles);
  }

  /**
   * Likewise, each with surroundings of its own: their clocks may differ.
   *
   * @param worlds what a merchant sees of the world
   */
  public static Merchants open(
      Function<MerchantProfile, MerchantWorld> worlds,
      Function<MerchantProfile, MerchantIdentity> identities,
      Map<MerchantKind, VerticalFactory> verticals,
      List<MerchantProfile> profiles) {
    var byId = new LinkedHashMap<String, Merchant>();
    for (var profile : profiles) {
      var factory = verticals.get(profile.kind());
      if (factory == null) {
        throw new IllegalStateException("nothing opens merchants of kind " + profile.kind());
      }
      var world = worlds.apply(profile);
      var vertical = factory.open(profile, world.forVertical());
      byId.put(
          profile.id(),
          new Merchant(new MerchantContext(world, profile, identities.apply(profile), vertical)));
    }
    return new Merchants(byId);
  }

  /**
   * @throws Refusal {@code not_found}
   */
  public Merchant get(String id) {
    var merchant = byId.get(id);
    if (merchant == null) {
      throw notFound(id, byId.keySet());
    }
    return merchant;
  }

  /**
   * What is answered at the address of a merchant that is not there.
   *
   * @param here ids of those who are
   */
  public static Refusal notFound(String id, Collection<String> here) {
    var absent =
        new Refusal(
                Problem.NOT_FOUND,
                MerchantRoster.knows(id)
                    ? id + " takes no part in this world"
                    : "this world has no such merchant")
            .at("merchant")
            .expected(String.join(", ", here))
            .observed(id);
    // Where a relative address leads that was resolved against a merchant's without its last slash.
    return id.equals(".well-known")
        ? absent.remedy(
            "End the merchant's address with a slash, or start from the url of its agent card.")
        : absent;
  }

  public Collection<Merchant> all() {
    return byId.values();
  }

  /** Holds, retries and purges of all merchants, for the world's clock. */
  public List<DueWork> dueWork() {
    return byId.values().stream().flatMap(merchant -> merchant.dueWork().stream()).toList();
  }

  /** Stops what runs in the background; nothing stored is lost. */
  @Override
  public void close() {
    byId.values().forEach(Merchant::close);
  }
}
