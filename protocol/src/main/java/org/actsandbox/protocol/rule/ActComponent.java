package org.actsandbox.protocol.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the 23 components of ACT 2.1 in the order of its documents. */
public enum ActComponent {
  ADD_INT_ICS("Intent capture and structured expression", "意图获取及结构化表达"),
  ADD_IAC_ISS("Issuance of the intent authorization credential", "意图授权凭证签发"),
  ADD_IAC_LCM("Life cycle of the intent authorization credential", "意图授权凭证生命周期管理"),
  CID_MER_CAT("Catalog of goods and services", "商品与服务目录接口"),
  CID_INT_XFR("Intent context transfer", "意图上下文传递"),
  CID_PCA_NEG("Payment capability negotiation", "支付能力协商"),
  CID_CART_CFM("Cart confirmation", "购物车确认"),
  PSD_PMT_BND("Payment method binding", "支付方式绑定"),
  PSD_AGT_SUB("Agent-dedicated sub-account", "智能体专属子账户管理"),
  PSD_PAY_A402("Payment over HTTP 402", "基于 HTTP 402 的支付接入"),
  PSD_PAY_INS("User instant payment", "用户即时支付"),
  PSD_PAY_DEL("Directed delegated payment", "用户定向委托支付"),
  PSD_PAY_AUP("Autonomous delegated payment", "自主化委托支付"),
  TSD_ATT_EVT("Attestation event types", "存证事件类型定义"),
  TSD_ATT_OFF("Off-chain attestation record", "链下存证记录"),
  TSD_ATT_OCA("On-chain attestation anchor", "链上存证锚点"),
  TSD_ATT_SVF("Signature verification flow", "签名核验流程"),
  TSD_ATT_DSP("Dispute resolution", "争议处理流程"),
  TSD_CRD_ASC("Establishment of a credit association", "信用关联建立"),
  TSD_CRD_MAP("Mapping of associated credit", "关联信用映射"),
  TSD_CRD_LCM("Life cycle of a credit association", "信用关联生命周期管理"),
  TSD_CRD_VER("Verification of associated credit", "关联信用验证"),
  TSD_CRD_AUTH("Authorization of credit queries", "信用查询授权");

  private final String english;
  private final String chinese;

  ActComponent(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** Returns the standard's spelling, such as {@code PSD-PAY-DEL}. */
  public String code() {
    return name().replace('_', '-');
  }

  /** Returns the address of this component on the server's page of rules. */
  public String url() {
    return "/rules#" + anchor();
  }

  /** Returns the anchor on that page, such as {@code psd-pay-del}. */
  public String anchor() {
    return code().toLowerCase(Locale.ROOT);
  }

  /**
   * @param code the standard's spelling, such as {@code PSD-PAY-DEL}
   */
  public static Optional<ActComponent> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }

  /**
   * Returns the title in one of the two languages.
   *
   * @param lang {@code zh}; anything else is English
   */
  public String title(String lang) {
    return lang.equals("zh") ? chinese : english;
  }
}
