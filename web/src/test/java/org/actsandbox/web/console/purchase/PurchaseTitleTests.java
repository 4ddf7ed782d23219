package org.actsandbox.web.console.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Tests that a purchase names its day, and names it once. */
class PurchaseTitleTests {

  private static final LocalDate SUNDAY = LocalDate.of(2026, 11, 29);

  @Test
  void addsTheDayThatTheMerchantDoesNotName() {
    var title = PurchaseTitle.of(order("G7502 Hangzhou East → Shanghai", SUNDAY), words());

    assertThat(title.thing()).isEqualTo("G7502 Hangzhou East → Shanghai");
    assertThat(title.day()).isEqualTo("Sun 29 Nov, 06:02 → 06:47");
    assertThat(title.line())
        .isEqualTo("G7502 Hangzhou East → Shanghai · Sun 29 Nov, 06:02 → 06:47");
  }

  @Test
  void doesNotRepeatTheDayThatTheMerchantNames() {
    var title = PurchaseTitle.of(order("G7502, Sun 29 Nov 06:02–06:47", SUNDAY), words());

    assertThat(title.day()).isEmpty();
    assertThat(title.line()).isEqualTo("G7502, Sun 29 Nov 06:02–06:47");
  }

  @Test
  void hasNoDayForGoods() {
    assertThat(PurchaseTitle.of(order("Umbrella, red", null), words()).line())
        .isEqualTo("Umbrella, red");
  }

  @Test
  void namesTwoThingsAndCountsMore() {
    var lines = new ArrayList<>(order("Umbrella, red", null).lines());
    lines.addAll(order("Charger, white", null).lines());
    assertThat(PurchaseTitle.of(order(lines), words()).thing())
        .isEqualTo("Umbrella, red, Charger, white");

    lines.addAll(order("Socks", null).lines());
    var title = PurchaseTitle.of(order(lines), words());
    assertThat(title.thing()).isEqualTo("Umbrella, red and 2 more things");
    assertThat(title.things()).containsExactly("Umbrella, red", "Charger, white", "Socks");
    assertThat(title.counts()).isTrue();
  }

  private static PageText words() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasenames("messages.console");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    return new PageText(messages, Locale.ENGLISH, ZoneOffset.UTC);
  }

  private static Order order(String title, @Nullable LocalDate day) {
    var facts =
        new LineFacts(
            MerchantKind.TRAIN,
            List.of(title),
            null,
            null,
            null,
            null,
            day,
            day == null ? null : LocalTime.of(6, 2),
            day == null ? null : LocalTime.of(6, 47),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return order(List.of(new Order.Line("O-1", "G7502", new Text(title, title), 1, facts)));
  }

  private static Order order(List<Order.Line> lines) {
    return new Order(
        "R-1",
        "raileast",
        "did:act:raileast",
        "I-1",
        null,
        "Q-1",
        MerchantKind.TRAIN,
        lines,
        List.of(),
        "66.00",
        "CNY",
        OrderStatus.HELD,
        Instant.EPOCH,
        Instant.EPOCH,
        "order:R-1",
        "http://localhost/orders/R-1",
        null);
  }
}
