package org.actsandbox.web.console.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a delegation is used up: a bar of money with a mark at the limit of one payment,
 * and a bar of time with the payment times of its plan. Positions are percent of the picture's
 * width.
 *
 * @param single position of the limit of one payment; null without such a limit
 * @param singleAnchor start or end, so that the mark's text stays inside the picture
 * @param money ok, warn from 80 % on, bad when nothing is left
 * @param plan positions of the planned payments, at most {@link #MOST_MOMENTS}
 */
public record AuthorityPicture(
    String spent,
    int spentPercent,
    @Nullable String single,
    String singleAnchor,
    String money,
    String elapsed,
    int elapsedPercent,
    List<String> plan) {

  private static final int MOST_MOMENTS = 24;
  private static final int WARN = 80;

  public static AuthorityPicture of(IacPayload authority, Money spent, Instant now) {
    double used = share(spent.minorUnits(), authority.maxTotal().minorUnits());
    double gone = at(authority, now);
    var single =
        authority
            .maxSingle()
            .map(limit -> share(limit.minorUnits(), authority.maxTotal().minorUnits()))
            .filter(place -> place > 0 && place < 1);
    return new AuthorityPicture(
        percent(used),
        (int) (used * 100),
        single.map(AuthorityPicture::percent).orElse(null),
        single.filter(place -> place > 0.5).isPresent() ? "end" : "start",
        used >= 1 ? "bad" : used * 100 >= WARN ? "warn" : "ok",
        percent(gone),
        (int) (gone * 100),
        plan(authority));
  }

  private static List<String> plan(IacPayload authority) {
    var plan = authority.bounds().privateOrNone().plan();
    var moments = new ArrayList<String>();
    for (int i = 0; plan != null && i < Math.min(plan.count(), MOST_MOMENTS); i++) {
      moments.add(percent(at(authority, plan.at(i))));
    }
    return List.copyOf(moments);
  }

  private static double at(IacPayload authority, Instant moment) {
    var whole = Duration.between(authority.validityStartTime(), authority.validityEndTime());
    return share(
        Duration.between(authority.validityStartTime(), moment).toMillis(), whole.toMillis());
  }

  private static double share(long part, long whole) {
    return whole <= 0 ? 1 : Math.clamp((double) part / whole, 0, 1);
  }

  private static String percent(double share) {
    return DiagramLanes.percent(share * 100);
  }
}
