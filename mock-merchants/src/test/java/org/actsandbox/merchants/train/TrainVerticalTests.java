package org.actsandbox.merchants.train;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.StockedVerticalContract;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;

/** Tests that the rail merchants keep what every merchant owes. */
class TrainVerticalTests extends StockedVerticalContract {

  @Override
  protected VerticalFactory factory() {
    return TrainVertical.factory();
  }

  @Override
  protected MerchantProfile merchant() {
    return MerchantRoster.RAILEAST;
  }

  @Override
  protected Offer offer(Vertical rail) {
    return rail.match(need(), 1).getFirst();
  }

  @Override
  protected Need need() {
    return TestRailMerchant.need("Hangzhou East", "Shanghai", "second", "window", 1, null);
  }

  @Override
  protected Need foreignNeed() {
    return new Need.Shop("umbrella", null, null, List.of(), 1, null, null);
  }

  /** A ticket can be bought until the train leaves. */
  @Override
  protected Optional<Instant> lapsesAt(Offer offer) {
    return Optional.of(((OfferDetails.Train) offer.details()).departs().toInstant());
  }

  @Override
  protected List<String> strangeOfferIds() {
    return List.of(
        "",
        "x",
        "gotrip-rail.G7501.2026-11-26.AOH.HGH.second.any.1",
        "raileast.G7501.2026-11-26.HGH.AOH.second.any.1",
        "raileast.G7501.2026-11-26.AOH.HGH.second.any.10",
        "raileast.G7501.2026-02-30.AOH.HGH.second.any.1",
        "raileast.G7501.+999999999-11-26.AOH.HGH.second.any.1",
        "raileast.D5551.2026-11-26.AOH.HGH.business.any.1",
        "raileast.G7501.2026-11-26.AOH.HGH.second.any.1.extra",
        "raileast.G7501.2027-11-26.AOH.HGH.second.any.1");
  }

  @Override
  protected int catalogSize() {
    return Timetable.shared().trains().size();
  }
}
