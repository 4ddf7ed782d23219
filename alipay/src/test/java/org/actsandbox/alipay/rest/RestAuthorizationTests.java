package org.actsandbox.alipay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests the header and the signed texts of the REST form (AIP-102 to AIP-104). */
class RestAuthorizationTests {

  @Test
  void theSignedTextHasALineForEachPart() {
    var header =
        RestAuthorization.read(
                "ALIPAY-SHA256withRSA app_id=9021,nonce=a-b,timestamp=1785000000000,sign=AB+/=")
            .orElseThrow();

    assertThat(header.parts()).containsEntry("app_id", "9021").containsEntry("sign", "AB+/=");
    assertThat(header.stringToSign("POST", "/v3/x?a=b", "{}", null))
        .isEqualTo("app_id=9021,nonce=a-b,timestamp=1785000000000\nPOST\n/v3/x?a=b\n{}\n");
    assertThat(header.stringToSign("GET", "/v3/x", "", "token"))
        .isEqualTo("app_id=9021,nonce=a-b,timestamp=1785000000000\nGET\n/v3/x\n\ntoken\n");
    assertThat(RestAuthorization.answerToSign("1", "n", "{}")).isEqualTo("1\nn\n{}\n");
  }

  @Test
  void otherHeadersAreNone() {
    assertThat(RestAuthorization.read("Bearer x")).isEmpty();
    assertThat(RestAuthorization.read("ALIPAY-SHA256withRSA app_id=1")).isEmpty();
  }
}
