package org.actsandbox.sandbox.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.actsandbox.protocol.delegation.Extension.VendorPrivate;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the principal reads in words what a credential permits (ACT ADD-2). */
class AuthoritySummaryTests {

  private static final Instant FROM = Instant.parse("2026-01-05T00:00:00Z");

  private final AuthoritySummary authoritySummary =
      new AuthoritySummary(
          ZoneId.of("Asia/Shanghai"),
          _ -> Optional.empty(),
          name ->
              name.equals("Harbin") ? Optional.of(new Text("Harbin", "哈尔滨")) : Optional.empty());

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "P1D, every day, 每天一笔",
    "P3D, every 3 days, 每 3 天一笔",
    "P7D, every week, 每周一笔",
    "P14D, every 2 weeks, 每 2 周一笔",
    "P1M, every month, 每月一笔",
    "P1Y, every 12 months, 每 12 个月一笔",
    "P1M3D, every month and 3 days, 每 1 个月零 3 天一笔",
  })
  void aPlanIsDescribed(Period every, String en, String zh) {
    var line =
        authoritySummary.lines(planned(new Plan(FROM, every, 2))).stream()
            .filter(each -> each.field().equals("ext.vendor_private.plan"))
            .findFirst()
            .orElseThrow()
            .text();

    assertThat(line.en())
        .startsWith("2 payments, the first on 2026-01-05 08:00, then " + en + ", the last on ");
    assertThat(line.zh()).contains("首笔 2026-01-05 08:00，此后" + zh + "，末笔 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind": "train", "from": "Suzhou", "to": "Harbin", "date": "2026-01-20", "seat_class": "second", "position": "window", "depart_before": "12:00"} | 1 × train ticket Suzhou to Harbin, Tue 2026-01-20, leaving 12:00 or earlier, second class, window seat, once | Suzhou到哈尔滨火车票 1 张，2026-01-20（周二），12:00 及以前出发，二等座，靠窗，只买一次
          {"kind": "train", "what": "G1", "from": "Suzhou", "to": "Harbin", "date": "2026-01-20", "latest_date": "2026-01-22", "quantity": 2} | 2 × train ticket Suzhou to Harbin, train G1, Tue 2026-01-20 to Thu 2026-01-22, once | Suzhou到哈尔滨火车票 2 张，车次 G1，2026-01-20（周二） 至 2026-01-22（周四），只买一次
          {"kind": "hotel", "city": "Harbin", "date": "2026-01-20", "nights": 2, "breakfast": true} | 1 × hotel room in Harbin for 2 nights, Tue 2026-01-20, with breakfast, once | 哈尔滨酒店 1 间，住 2 晚，2026-01-20（周二），含早餐，只买一次
          {"kind": "shop", "what": "umbrella", "attributes": ["red"], "quantity": 1} | 1 × umbrella, red, once | umbrella 1 件，red，只买一次
          {"kind": "shop", "what": "coffee", "times": 4} | 1 × coffee, at most 4 times | coffee 1 件，最多买 4 次
          """)
  void thePurchaseTargetIsDescribedBeforeAnyLimit(String target, String en, String zh) {
    var lines = authoritySummary.lines(targeted(Json.read(target, PurchaseTarget.class)));
    assertThat(lines.get(1).field()).isEqualTo("ext.vendor_private.targets[0]");
    assertThat(lines.get(1).text()).isEqualTo(new Text(en, zh));
  }

  private static IacPayload targeted(PurchaseTarget target) {
    return payload(new VendorPrivate(null, null, List.of(target)));
  }

  private static IacPayload planned(Plan plan) {
    return payload(new VendorPrivate(null, plan, null));
  }

  private static IacPayload payload(VendorPrivate own) {
    return new IacPayload(
        "D-1",
        "I-1",
        null,
        "did:act:principal",
        "did:act:demo-agent",
        null,
        FROM,
        FROM.plusSeconds(1),
        new BigDecimal("600.00"),
        null,
        null,
        null,
        null,
        null,
        new Extension(null, null, null, own));
  }
}
