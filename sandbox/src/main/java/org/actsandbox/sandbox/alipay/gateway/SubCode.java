package org.actsandbox.sandbox.alipay.gateway;

import static org.actsandbox.sandbox.alipay.gateway.GatewayCode.*;

import java.util.Arrays;
import java.util.Optional;

/**
 * Contains the reasons of a refusal, in Alipay's words, each with its level and a sentence of ours
 * in both languages (AIP-14 to AIP-26, AIP-44 to AIP-57, AIP-125 to AIP-132).
 */
public enum SubCode {
  UNKNOWN_ERROR(UNAVAILABLE, "isp.unknow-error", "沙箱出错", "the sandbox failed"),

  MISSING_METHOD(MISSING_ARGUMENTS, "isv.missing-method", "缺少 method", "method is missing"),
  MISSING_SIGNATURE(MISSING_ARGUMENTS, "isv.missing-signature", "缺少 sign", "sign is missing"),
  MISSING_SIGNATURE_TYPE(
      MISSING_ARGUMENTS, "isv.missing-signature-type", "缺少 sign_type", "sign_type is missing"),
  MISSING_APP_ID(MISSING_ARGUMENTS, "isv.missing-app-id", "缺少 app_id", "app_id is missing"),
  MISSING_TIMESTAMP(
      MISSING_ARGUMENTS, "isv.missing-timestamp", "缺少 timestamp", "timestamp is missing"),

  INVALID_GATEWAY_PARAMETER(
      INVALID_ARGUMENTS, "isv.invalid-parameter", "参数无效", "a parameter is not valid"),
  INVALID_METHOD(
      INVALID_ARGUMENTS, "isv.invalid-method", "不支持的方法", "the gateway has no such method"),
  INVALID_FORMAT(INVALID_ARGUMENTS, "isv.invalid-format", "format 只能是 json", "format is json"),
  INVALID_SIGNATURE_TYPE(
      INVALID_ARGUMENTS,
      "isv.invalid-signature-type",
      "sign_type 只能是 RSA2 或 RSA",
      "sign_type is RSA2 or RSA, in upper case"),
  INVALID_SIGNATURE(
      INVALID_ARGUMENTS, "isv.invalid-signature", "验签出错", "the signature does not fit"),
  INVALID_ENCRYPT_TYPE(
      INVALID_ARGUMENTS,
      "isv.invalid-encrypt-type",
      "沙箱不支持加密",
      "the sandbox does not decrypt biz_content"),
  INVALID_APP_ID(INVALID_ARGUMENTS, "isv.invalid-app-id", "无效的应用", "no application of that number"),
  INVALID_TIMESTAMP(
      INVALID_ARGUMENTS,
      "isv.invalid-timestamp",
      "timestamp 应为 yyyy-MM-dd HH:mm:ss",
      "timestamp has the form yyyy-MM-dd HH:mm:ss"),
  INVALID_CHARSET(
      INVALID_ARGUMENTS,
      "isv.invalid-charset",
      "charset 与内容不符或不支持",
      "the charset is unknown, or the bytes are not in it"),
  ILLEGAL_JSON(
      INVALID_ARGUMENTS, "isv.illegal-json", "biz_content 不是 JSON 对象", "biz_content is no object"),
  NO_APP_AUTH(
      INVALID_ARGUMENTS,
      "isv.not-support-app-auth",
      "沙箱不支持 app_auth_token",
      "the sandbox does not take app_auth_token"),

  MISSING_SIGNATURE_CONFIG(
      INSUFFICIENT_CONDITIONS,
      "isv.missing-signature-config",
      "应用未登记公钥",
      "the application has no public key on record"),

  INSUFFICIENT_ISV_PERMISSIONS(
      INSUFFICIENT_PERMISSIONS,
      "isv.insufficient-isv-permissions",
      "应用无此权限",
      "this application may not call the method"),

  SYSTEM_ERROR(BUSINESS_FAILED, "SYSTEM_ERROR", "系统异常", "send the same request again"),
  INVALID_PARAMETER(BUSINESS_FAILED, "INVALID_PARAMETER", "参数有误", "a field is not valid"),
  CLIENT_SESSION_IS_EMPTY(
      BUSINESS_FAILED, "CLIENT_SESSION_IS_EMPTY", "client_session 为空", "client_session is empty"),
  TRADE_NO_EMPTY(BUSINESS_FAILED, "TRADE_NO_EMPTY", "交易号为空", "trade_no is empty"),
  TRADE_NO_INVALID(BUSINESS_FAILED, "TRADE_NO_INVALID", "交易号格式有误", "trade_no is malformed"),
  PAYMENT_PROOF_EMPTY(BUSINESS_FAILED, "PAYMENT_PROOF_EMPTY", "支付凭证为空", "payment_proof is empty"),
  PAYMENT_PROOF_INVALID(
      BUSINESS_FAILED, "PAYMENT_PROOF_INVALID", "支付凭证格式有误", "payment_proof is no proof"),
  PAYMENT_PROOF_NOT_FOUND(
      BUSINESS_FAILED, "PAYMENT_PROOF_NOT_FOUND", "支付凭证不存在或已过期", "unknown or expired proof"),
  PAYMENT_PROOF_STATUS_INVALID(
      BUSINESS_FAILED,
      "PAYMENT_PROOF_STATUS_INVALID",
      "支付凭证已使用",
      "the proof was used: the fulfilment is confirmed"),
  PAYMENT_PROOF_TRADE_NO_MISMATCH(
      BUSINESS_FAILED,
      "PAYMENT_PROOF_TRADE_NO_MISMATCH",
      "支付凭证属于另一笔交易",
      "the proof belongs to another trade"),
  PAYMENT_PROOF_ID_MISMATCH(
      BUSINESS_FAILED, "PAYMENT_PROOF_ID_MISMATCH", "支付凭证编号不符", "the proof has another number"),
  PAYMENT_PROOF_BUYER_MISMATCH(
      BUSINESS_FAILED,
      "PAYMENT_PROOF_BUYER_MISMATCH",
      "支付凭证属于另一买家",
      "the proof belongs to another buyer"),
  PAYMENT_PROOF_AGENT_MISMATCH(
      BUSINESS_FAILED,
      "PAYMENT_PROOF_AGENT_MISMATCH",
      "支付凭证属于另一智能体",
      "the proof belongs to another agent"),
  TRADE_NOT_FOUND(BUSINESS_FAILED, "TRADE_NOT_FOUND", "交易不存在", "this seller has no such trade"),
  TRADE_STATUS_UNPAID(BUSINESS_FAILED, "TRADE_STATUS_UNPAID", "交易未支付", "the trade is not paid"),
  TRADE_STATUS_CLOSED(BUSINESS_FAILED, "TRADE_STATUS_CLOSED", "交易已关闭", "the trade is closed"),
  SELLER_IDENTITY_MISMATCH(
      BUSINESS_FAILED,
      "SELLER_IDENTITY_MISMATCH",
      "应用不是该交易的卖家",
      "the application is not the trade's seller"),
  SELLER_ID_EMPTY(BUSINESS_FAILED, "SELLER_ID_EMPTY", "卖家为空", "the trade names no seller"),
  TRADE_STATUS_INVALID(
      BUSINESS_FAILED, "TRADE_STATUS_INVALID", "交易状态不允许", "the trade's state does not allow it"),

  CONTEXT_INCONSISTENT(
      BUSINESS_FAILED,
      "CONTEXT_INCONSISTENT",
      "交易信息被篡改",
      "out_trade_no stands for an order with other data"),
  USER_AGREEMENT_NOT_EXIST(
      BUSINESS_FAILED,
      "USER_AGREEMENT_NOT_EXIST",
      "协议不存在",
      "this application has no such agreement"),
  DELEGATION_NOT_EXIST(
      BUSINESS_FAILED, "DELEGATION_NOT_EXIST", "委托不存在", "the agreement has no such delegation"),

  ACQ_AGREEMENT_NOT_EXIST(
      BUSINESS_FAILED,
      "ACQ.AGREEMENT_NOT_EXIST",
      "协议不存在",
      "this application has no such agreement"),
  ACQ_AGREEMENT_INVALID(
      BUSINESS_FAILED, "ACQ.AGREEMENT_INVALID", "协议与委托不符", "the agreement has no such delegation"),
  ACQ_AGREEMENT_STATUS_NOT_NORMAL(
      BUSINESS_FAILED,
      "ACQ.AGREEMENT_STATUS_NOT_NORMAL",
      "委托状态不正常",
      "the delegation cannot be used now"),
  ACQ_BEYOND_PAY_RESTRICTION(
      BUSINESS_FAILED,
      "ACQ.BEYOND_PAY_RESTRICTION",
      "超出委托限制",
      "a limit of the delegation is exceeded"),
  ACQ_ORDER_NOT_EXIST(
      BUSINESS_FAILED,
      "ACQ.ORDER_NOT_EXIST",
      "预支付订单不存在或已过期",
      "no order waits under that prepay_id"),
  ACQ_PAYMENT_FAIL(BUSINESS_FAILED, "ACQ.PAYMENT_FAIL", "支付失败", "the payment was not made"),
  ACQ_SYSTEM_ERROR(BUSINESS_FAILED, "ACQ.SYSTEM_ERROR", "系统异常", "send the same request again"),
  ACQ_INVALID_PARAMETER(BUSINESS_FAILED, "ACQ.INVALID_PARAMETER", "参数有误", "a field is not valid"),
  ACQ_TRADE_NOT_EXIST(
      BUSINESS_FAILED, "ACQ.TRADE_NOT_EXIST", "交易不存在", "this seller has no such trade"),
  ACQ_REASON_TRADE_STATUS_INVALID(
      BUSINESS_FAILED,
      "ACQ.REASON_TRADE_STATUS_INVALID",
      "交易状态不允许关闭",
      "only a trade that waits for the buyer can be closed"),
  ACQ_TRADE_STATUS_ERROR(
      BUSINESS_FAILED, "ACQ.TRADE_STATUS_ERROR", "交易状态不合法", "the trade's state does not allow it"),
  ACQ_TRADE_HAS_SUCCESS(
      BUSINESS_FAILED, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付", "the trade is paid already"),
  ACQ_TRADE_HAS_CLOSE(
      BUSINESS_FAILED,
      "ACQ.TRADE_HAS_CLOSE",
      "交易已经关闭",
      "the trade is closed; a new order needs a new out_trade_no"),
  ACQ_CONTEXT_INCONSISTENT(
      BUSINESS_FAILED,
      "ACQ.CONTEXT_INCONSISTENT",
      "交易信息被篡改",
      "out_trade_no stands for an order with other data"),
  ACQ_BUYER_BALANCE_NOT_ENOUGH(
      BUSINESS_FAILED,
      "ACQ.BUYER_BALANCE_NOT_ENOUGH",
      "买家余额不足",
      "the buyer has no instrument that covers the amount"),
  ACQ_SELLER_BALANCE_NOT_ENOUGH(
      BUSINESS_FAILED,
      "ACQ.SELLER_BALANCE_NOT_ENOUGH",
      "卖家余额不足",
      "the seller's account does not cover the refund"),
  ACQ_REFUND_AMT_NOT_EQUAL_TOTAL(
      BUSINESS_FAILED,
      "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
      "退款金额超限",
      "more would be paid back than was paid"),
  ACQ_DISCORDANT_REPEAT_REQUEST(
      BUSINESS_FAILED,
      "ACQ.DISCORDANT_REPEAT_REQUEST",
      "同一退款请求号金额不一致",
      "out_request_no stands for a refund of another amount"),
  ACQ_TRADE_NOT_ALLOW_REFUND(
      BUSINESS_FAILED,
      "ACQ.TRADE_NOT_ALLOW_REFUND",
      "该交易不支持退款",
      "pay-per-use trades have no refund in this profile");

  private final GatewayCode level;
  private final String text;
  private final String chinese;
  private final String english;

  SubCode(GatewayCode level, String text, String chinese, String english) {
    this.level = level;
    this.text = text;
    this.chinese = chinese;
    this.english = english;
  }

  public GatewayCode level() {
    return level;
  }

  /** Returns the code as it travels. */
  public String text() {
    return text;
  }

  /** Returns the sentence in both languages. */
  public String sentence() {
    return chinese + "（" + english + "）";
  }

  public static Optional<SubCode> find(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
  }
}
