package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.actsandbox.sandbox.alipay.AlipayBench.confirm;
import static org.actsandbox.sandbox.alipay.AlipayBench.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.AlipayObject;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.mapping.ApiField;
import com.alipay.api.request.AlipayAipayAgentPaymentVerifyRequest;
import com.alipay.api.request.AlipayOpenAppQrcodeCreateRequest;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.sandbox.alipay.cashier.AlipayCashier;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the gateway with Alipay's own Java SDK: what it sends is read, and it verifies every answer
 * with its own code (AIP-91 to AIP-99, AIP-118, AIP-317).
 */
class JavaSdkTests {

  final AlipayBench bench = new AlipayBench();

  @ParameterizedTest
  @CsvSource({"UTF-8, RSA2", "GBK, RSA2", "UTF-8, RSA"})
  void aPurchaseIsVerifiedAndConfirmed(String charset, String signType) throws AlipayApiException {
    var bought = bench.bought(bench.bill(), "-");
    var tradeNo = bought.path("tradeNo").stringValue();
    var config = bench.config();
    config.setCharset(charset);
    config.setSignType(signType);
    var client = new DefaultAlipayClient(config);

    for (int i = 0; i < 2; i++) {
      var verified =
          verify(
              client,
              Map.of(
                  "trade_no", tradeNo, "payment_proof", "ab".repeat(32), "client_session", "会话"));
      assertThat(verified.getSubCode()).as(verified.getBody()).isNull();
      assertThat(verified.getCode()).isEqualTo("10000");
      assertThat(verified.getActive()).isTrue();
      assertThat(verified.getAmount()).isEqualTo("0.01");
      assertThat(verified.getOutTradeNo()).isEqualTo(bought.path("outTradeNo").stringValue());
      assertThat(verified.getResourceId()).isEqualTo("/demo/a2m/resource");
      assertThat(verified.getTradeNo()).isEqualTo(tradeNo);
    }
    var confirmed = confirm(client, tradeNo);
    assertThat(confirmed.getSubCode()).as(confirmed.getBody()).isNull();
    assertThat(confirmed.getTradeNo()).isEqualTo(tradeNo);

    assertThat(confirm(client, tradeNo).getSubCode()).isEqualTo("TRADE_STATUS_INVALID");
    assertThat(verifySubCode(client, tradeNo, "ab".repeat(32)))
        .isEqualTo("PAYMENT_PROOF_STATUS_INVALID");
  }

  /**
   * The SDK's own model lacks client_session; this is the way out that its writer takes (AIP-4).
   */
  public static final class VerifyModel extends AlipayObject {

    private static final long serialVersionUID = 1L;

    @ApiField("client_session")
    private @Nullable String clientSession;

    @ApiField("payment_proof")
    private @Nullable String paymentProof;

    @ApiField("trade_no")
    private @Nullable String tradeNo;

    public @Nullable String getClientSession() {
      return clientSession;
    }

    public void setClientSession(String value) {
      clientSession = value;
    }

    public @Nullable String getPaymentProof() {
      return paymentProof;
    }

    public void setPaymentProof(String value) {
      paymentProof = value;
    }

    public @Nullable String getTradeNo() {
      return tradeNo;
    }

    public void setTradeNo(String value) {
      tradeNo = value;
    }
  }

  @Test
  void aModelOfOnesOwnCarriesTheSession() throws AlipayApiException {
    bench.set("{\"client_session_required\":true}");
    var bought = bench.bought(bench.bill(), "signed");
    var model = new VerifyModel();
    model.setTradeNo(bought.path("tradeNo").stringValue());
    model.setPaymentProof(bought.path("paymentProof").stringValue());
    var request = new AlipayAipayAgentPaymentVerifyRequest();
    request.setBizModel(model);
    assertThat(bench.client().execute(request).getSubCode()).isEqualTo("CLIENT_SESSION_IS_EMPTY");
    model.setClientSession("s");
    assertThat(bench.client().execute(request).getActive()).isTrue();
  }

  @Test
  void oneTradeIsKnownInBothLanguages() throws AlipayApiException {
    var bought = bench.bought(bench.bill(), "signed");
    var tradeNo = bought.path("tradeNo").stringValue();
    var psp = bench.world.participant(Psp.class);
    var trade = psp.payments().find(tradeNo).orElseThrow();
    var signedProof = psp.payments().documents(tradeNo).orElseThrow().proof();

    assertThat(verifySubCode(bench.client(), tradeNo, signedProof)).isNull();
    var answer =
        psp.proofs()
            .verify(new PspMessages.ProofQuery(signedProof, tradeNo), trade.terms().bill().payee());
    assertThat(answer.active()).isTrue();
    assertThat(tradeNo).matches("20[0-9]{26}");
    assertThat(psp.ledger().find(AccountNumbers.receivable(trade.terms().bill().payee())))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                            | TRADE_NO_EMPTY
          {"trade_no":" ","payment_proof":"p"}                          | TRADE_NO_EMPTY
          {"trade_no":12,"payment_proof":"p"}                           | INVALID_PARAMETER
          {"trade_no":"a b","payment_proof":"p"}                        | TRADE_NO_INVALID
          {"trade_no":"1"}                                              | PAYMENT_PROOF_EMPTY
          {"trade_no":"1","payment_proof":["p"]}                        | INVALID_PARAMETER
          {"trade_no":"1","payment_proof":"两"}                          | PAYMENT_PROOF_INVALID
          {"trade_no":"1","payment_proof":"p","client_session":1}       | INVALID_PARAMETER
          {"trade_no":"1","payment_proof":"p"}                          | TRADE_NOT_FOUND
          """)
  void verifyRefusesWhatIsMissingOrMalformed(String content, String subCode)
      throws AlipayApiException {
    var request = new AlipayAipayAgentPaymentVerifyRequest();
    request.setBizContent(content);
    var answer = bench.client().execute(request);
    assertThat(answer.getCode()).isEqualTo("40004");
    assertThat(answer.getSubCode()).as(answer.getBody()).isEqualTo(subCode);
  }

  @ParameterizedTest
  @CsvSource({"'', TRADE_NO_EMPTY", "'a/b', TRADE_NO_INVALID", "'1', TRADE_NOT_FOUND"})
  void confirmRefusesWhatIsMissingOrMalformed(String tradeNo, String subCode)
      throws AlipayApiException {
    assertThat(confirm(bench.client(), tradeNo).getSubCode()).isEqualTo(subCode);
  }

  @Test
  void aStrictTradeTakesNoProofButItsOwn() throws AlipayApiException {
    var one = bench.bought(bench.bill(), "signed");
    var other = bench.bought(bench.bill(), "signed");
    var tradeNo = one.path("tradeNo").stringValue();
    var client = bench.client();

    assertThat(verifySubCode(client, tradeNo, "00".repeat(32)))
        .isEqualTo("PAYMENT_PROOF_NOT_FOUND");
    assertThat(verifySubCode(client, tradeNo, "no-proof")).isEqualTo("PAYMENT_PROOF_INVALID");
    assertThat(verifySubCode(client, tradeNo, other.path("paymentProof").stringValue()))
        .isEqualTo("PAYMENT_PROOF_TRADE_NO_MISMATCH");
    var signed =
        bench
            .world
            .participant(Psp.class)
            .payments()
            .documents(other.path("tradeNo").stringValue())
            .orElseThrow()
            .proof();
    assertThat(verifySubCode(client, tradeNo, signed)).isEqualTo("PAYMENT_PROOF_TRADE_NO_MISMATCH");
    var jws = new String(Base64.getUrlDecoder().decode(signed), StandardCharsets.US_ASCII);
    var otherSignature = jws.substring(0, jws.lastIndexOf('.') + 1) + "A".repeat(86);
    var forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(otherSignature.getBytes(StandardCharsets.US_ASCII));
    assertThat(verifySubCode(client, tradeNo, forged)).isEqualTo("PAYMENT_PROOF_NOT_FOUND");
    assertThat(verifySubCode(client, tradeNo, one.path("paymentProof").stringValue())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "externalId, 2088999999999999, PAYMENT_PROOF_BUYER_MISMATCH",
    "agentId, did:act:other, PAYMENT_PROOF_AGENT_MISMATCH"
  })
  void aSessionOfOthersIsNoticed(String field, String value, String subCode)
      throws AlipayApiException {
    var bought = bench.bought(bench.bill(), "-");
    var session =
        Base64.getEncoder().encodeToString(Json.bytes(Map.of(field, value, "signature", "-")));
    var answer =
        verify(
            bench.client(),
            Map.of(
                "trade_no",
                bought.path("tradeNo").stringValue(),
                "payment_proof",
                "p",
                "client_session",
                session));
    assertThat(answer.getSubCode()).isEqualTo(subCode);
  }

  @Test
  void anUnpaidTradeIsNeitherVerifiedNorConfirmedAndAClosedOneIsClosed() throws AlipayApiException {
    var waiting = waiting();
    var client = bench.client();
    assertThat(verifySubCode(client, waiting, "p")).isEqualTo("TRADE_STATUS_UNPAID");
    assertThat(confirm(client, waiting).getSubCode()).isEqualTo("TRADE_STATUS_INVALID");
    bench.world.participant(Psp.class).payments().close(waiting);
    assertThat(verifySubCode(client, waiting, "p")).isEqualTo("TRADE_STATUS_CLOSED");
    assertThat(confirm(client, waiting).getSubCode()).isEqualTo("TRADE_STATUS_INVALID");
  }

  @Test
  void aTradeIsQueriedAndClosedAndNotRefunded() throws AlipayApiException {
    var bought = bench.bought(bench.bill(), "-");
    var client = bench.client();
    var query = new AlipayTradeQueryRequest();
    query.setBizContent(
        Json.write(Map.of("out_trade_no", bought.path("outTradeNo").stringValue())));
    var found = client.execute(query);
    assertThat(found.getSubCode()).as(found.getBody()).isNull();
    assertThat(found.getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(found.getTotalAmount()).isEqualTo("0.01");
    assertThat(found.getTradeNo()).isEqualTo(bought.path("tradeNo").stringValue());
    assertThat(found.getSendPayDate()).isNotNull();

    var refund = new AlipayTradeRefundRequest();
    refund.setBizContent(
        Json.write(Map.of("trade_no", found.getTradeNo(), "refund_amount", "0.01")));
    assertThat(client.execute(refund).getSubCode()).isEqualTo("ACQ.TRADE_NOT_ALLOW_REFUND");
    var close = new AlipayTradeCloseRequest();
    close.setBizContent(Json.write(Map.of("trade_no", found.getTradeNo())));
    assertThat(client.execute(close).getSubCode()).isEqualTo("ACQ.REASON_TRADE_STATUS_INVALID");
    confirm(client, found.getTradeNo());
    assertThat(client.execute(query).getTradeStatus()).isEqualTo("TRADE_FINISHED");

    var waiting = waiting();
    close.setBizContent(Json.write(Map.of("trade_no", waiting)));
    assertThat(client.execute(close).getSubCode()).isNull();
    query.setBizContent(Json.write(Map.of("trade_no", waiting)));
    assertThat(client.execute(query).getTradeStatus()).isEqualTo("TRADE_CLOSED");
    for (var nothing : new String[] {"{}", "{\"trade_no\":1}"}) {
      query.setBizContent(nothing);
      assertThat(client.execute(query).getSubCode()).isEqualTo("ACQ.INVALID_PARAMETER");
    }
    query.setBizContent("{\"out_trade_no\":\"none\"}");
    assertThat(client.execute(query).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
  }

  /** Opens a payment that waits for the principal, and returns its number. */
  private String waiting() {
    bench.set("{\"approve_automatically\":false}");
    return new AlipayCashier(bench.world.participant(AlipayGateway.class))
        .pay(
            CashierOrder.read(
                    bench.order(bench.bill(), bench.buyer(), "-").getBytes(StandardCharsets.UTF_8))
                .orElseThrow(),
            Duration.ZERO)
        .trade()
        .tradeNo();
  }

  @Test
  void anotherSellersTradeIsNeitherFoundNorConfirmed() throws AlipayApiException {
    var tradeNo = bench.bought(bench.bill(), "-").path("tradeNo").stringValue();
    var other = bench.registerOther("wordbridge");
    var config = bench.config();
    config.setAppId(other.path("app_id").stringValue());
    config.setPrivateKey(other.path("private_key_pkcs8").stringValue());
    var client = new DefaultAlipayClient(config);
    assertThat(verifySubCode(client, tradeNo, "p")).isEqualTo("TRADE_NOT_FOUND");
    assertThat(confirm(client, tradeNo).getSubCode()).isEqualTo("SELLER_IDENTITY_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SYSTEM_ERROR",
        "PAYMENT_PROOF_ID_MISMATCH",
        "SELLER_ID_EMPTY",
        "isp.unknow-error"
      })
  void aPreparedAnswerIsGivenAsOftenAsItSays(String subCode) throws AlipayApiException {
    var tradeNo = bench.bought(bench.bill(), "-").path("tradeNo").stringValue();
    bench.set(
        """
        {"prepared_answers":[{"method":"alipay.aipay.agent.payment.verify","sub_code":"%s",
          "times":2}]}\
        """
            .formatted(subCode));
    var client = bench.client();
    assertThat(verifySubCode(client, tradeNo, "p")).isEqualTo(subCode);
    assertThat(verifySubCode(client, tradeNo, "p")).isEqualTo(subCode);
    assertThat(verifySubCode(client, tradeNo, "p")).isNull();
  }

  @Test
  void theSwitchesChangeWhatDocumentsDisagreeAbout() throws AlipayApiException {
    bench.set(
        "{\"empty_sandbox_fields\":true,\"repeated_confirm\":true,\"verify_after_confirm\":true}");
    var tradeNo = bench.bought(bench.bill(), "-").path("tradeNo").stringValue();
    var client = bench.client();
    assertThat(confirm(client, tradeNo).getSubCode()).isNull();
    assertThat(confirm(client, tradeNo).getSubCode()).isNull();
    var verified = verify(client, Map.of("trade_no", tradeNo, "payment_proof", "p"));
    assertThat(verified.getActive()).isTrue();
    assertThat(verified.getOutTradeNo()).isEmpty();
    assertThat(verified.getResourceId()).isEmpty();
  }

  @Test
  void ofConfirmationsAtOnceOneSucceeds() throws Exception {
    var tradeNo = bench.bought(bench.bill(), "-").path("tradeNo").stringValue();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var client = bench.client();
      Callable<@Nullable String> call = () -> confirm(client, tradeNo).getSubCode();
      var results = threads.invokeAll(Collections.nCopies(6, call));
      var subCodes = new HashMap<String, Integer>();
      for (var result : results) {
        subCodes.merge(String.valueOf(result.get()), 1, Integer::sum);
      }
      assertThat(subCodes).isEqualTo(Map.of("null", 1, "TRADE_STATUS_INVALID", 5));
    }
  }

  @Test
  void aKeyOfOthersIsRefusedInASignedAnswer() throws AlipayApiException {
    var other = bench.registerOther("wordbridge");
    var config = bench.config();
    config.setPrivateKey(other.path("private_key_pkcs8").stringValue());
    var answer = confirm(new DefaultAlipayClient(config), "1");
    assertThat(answer.getCode()).isEqualTo("40002");
    assertThat(answer.getSubCode()).isEqualTo("isv.invalid-signature");
    assertThat(answer.getSubMsg()).contains("app_id=" + bench.appId() + "&amp;biz_content=");
  }

  @Test
  void theSdkNoticesAWrongPlatformKeyAndItsOwnKeyInThatPlace() {
    var wrong = bench.config();
    wrong.setAlipayPublicKey(
        bench.registerOther("wordbridge").at("/keys/0/public_key").stringValue());
    assertThatThrownBy(() -> confirm(new DefaultAlipayClient(wrong), "1"))
        .isInstanceOf(AlipayApiException.class)
        .hasMessageContaining("sign check fail");
    var own = bench.config();
    own.setAlipayPublicKey(bench.app.at("/keys/0/public_key").stringValue());
    assertThatThrownBy(() -> confirm(new DefaultAlipayClient(own), "1"))
        .isInstanceOf(AlipayApiException.class);
  }

  @Test
  void theFormerKeyIsRefusedAfterTheApplicationGotAnother() throws AlipayApiException {
    assertThat(confirm(bench.client(), "1").getSubCode()).isEqualTo("TRADE_NOT_FOUND");
    var changed =
        SERVER.send(
            "PATCH",
            bench.api + "/apps/" + bench.appId(),
            "{\"public_key\":\"make\"}",
            bench.operator);
    assertThat(changed.json().path("keys")).hasSize(2);
    assertThat(confirm(bench.client(), "1").getSubCode()).isEqualTo("isv.invalid-signature");
  }

  @Test
  void theGatewayWithoutAWorldInItsAddressFindsTheWorldByTheApplication()
      throws AlipayApiException {
    var config = bench.config();
    config.setServerUrl(SERVER.origin() + "/gateway.do");
    assertThat(confirm(new DefaultAlipayClient(config), "1").getSubCode())
        .isEqualTo("TRADE_NOT_FOUND");
  }

  @Test
  void anUnknownApplicationAndAnUnknownMethodAreRefused() throws AlipayApiException {
    var config = bench.config();
    config.setAppId("9021000000000000");
    var unknown = confirm(new DefaultAlipayClient(config), "1");
    assertThat(unknown.getSubCode()).isEqualTo("isv.invalid-app-id");
    var request = new AlipayOpenAppQrcodeCreateRequest();
    request.setBizContent("{}");
    AlipayConfig plain = bench.config();
    assertThat(new DefaultAlipayClient(plain).execute(request).getSubCode())
        .isEqualTo("isv.invalid-method");
  }

  private static @Nullable String verifySubCode(AlipayClient client, String tradeNo, String proof)
      throws AlipayApiException {
    return verify(
            client, Map.of("trade_no", tradeNo, "payment_proof", proof, "client_session", "s"))
        .getSubCode();
  }
}
