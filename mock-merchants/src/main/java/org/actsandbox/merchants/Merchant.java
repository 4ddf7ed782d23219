package org.actsandbox.merchants;

import java.util.List;
import org.actsandbox.merchants.catalog.Seats;
import org.actsandbox.merchants.catalog.Storefront;
import org.actsandbox.merchants.intent.Intents;
import org.actsandbox.merchants.negotiation.Negotiations;
import org.actsandbox.protocol.time.DueWork;

/** One open merchant of a world: what the endpoints take as argument. */
public final class Merchant {

  private final Outlet outlet;
  private final Storefront storefront;
  private final Seats seats;
  private final Negotiations negotiations;
  private final Intents intents;

  Merchant(Outlet outlet) {
    this.outlet = outlet;
    this.storefront = new Storefront(outlet);
    this.seats = new Seats(outlet);
    this.negotiations = new Negotiations(outlet);
    this.intents = new Intents(outlet, System::nanoTime);
  }

  public MerchantProfile profile() {
    return outlet.profile();
  }

  public Storefront storefront() {
    return storefront;
  }

  public Seats seats() {
    return seats;
  }

  public Negotiations negotiations() {
    return negotiations;
  }

  public Intents intents() {
    return intents;
  }

  /** What staff or another buyer does to stock and prices; for faults and scenarios. */
  public void disturb(Disturbance disturbance) {
    outlet.world().transactions().executeWithoutResult(_ -> outlet.vertical().disturb(disturbance));
  }

  List<DueWork> dueWork() {
    return List.of(intents.purge());
  }

  void close() {}
}
