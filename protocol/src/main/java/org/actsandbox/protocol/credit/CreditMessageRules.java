package org.actsandbox.protocol.credit;

import static org.actsandbox.protocol.wire.FieldChecks.invalid;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of credit messages, as far as the message itself decides them (ACT CRD-1,
 * CRD-4, CRD-5, CRD-9). Every refusal is {@code invalid_field} with all mistakes.
 */
public final class CreditMessageRules {

  /** The version of the published profile, which every message names. */
  public static final String VERSION = "reference-v1";

  /** Ours: no message names more in a list. */
  private static final int MAX_LIST = 32;

  private static final int MAX_TEXT = 256;
  private static final int MAX_STATEMENT = 1_000;

  private CreditMessageRules() {}

  static void check(AssociationApplication application, MistakeCollector mistakes) {
    mistakes.check(() -> version("messageVersion", application.messageVersion()));
    mistakes.text("applicationId", application.applicationId(), 64);
    mistakes.did("subjectId", application.subjectId());
    mistakes.did("agentId", application.agentId());
    mistakes.text("associationRole", application.associationRole(), 64);
    mistakes.checkPresent(
        application.relationshipEvidenceRefs(), each -> set("relationshipEvidenceRefs", each));
    mistakes.text("issuerId", application.issuerId(), MAX_TEXT);
    mistakes.text("purpose", application.purpose(), MAX_TEXT);
    mistakes.checkPresent(application.scope(), each -> set("scope", each));
    mistakes.checkPresent(application.validFrom(), from -> period(from, application.expiresAt()));
    mistakes.moment("requestedAt", application.requestedAt());
    mistakes.checkPresent(application.antiReplay(), CreditMessageRules::antiReplay);
  }

  static void check(AssociationConfirmation confirmation, MistakeCollector mistakes) {
    mistakes.text("attestationRef", confirmation.attestationRef(), MAX_TEXT);
    mistakes.text("subjectSignature", confirmation.subjectSignature(), MAX_TEXT);
    mistakes.oneOf(
        "subjectSignatureAlgorithm",
        confirmation.subjectSignatureAlgorithm(),
        List.of(CreditProjection.ALGORITHM));
    mistakes.checkPresent(
        confirmation.confirmationMethod(), method -> requireMembersOf(method, confirmation));
  }

  private static void requireMembersOf(
      ConfirmationMethod method, AssociationConfirmation confirmation) {
    boolean signed =
        confirmation.subjectPublicKey() != null
            && confirmation.subjectSignature() != null
            && confirmation.subjectSignatureAlgorithm() != null;
    boolean unsigned =
        confirmation.subjectPublicKey() == null
            && confirmation.subjectSignature() == null
            && confirmation.subjectSignatureAlgorithm() == null;
    switch (method) {
      case DIRECT_SIGNATURE -> {
        if (!signed) {
          throw invalid(
              "subjectSignature",
              "the subject's key, its signature and Ed25519",
              "not all of them");
        }
      }
      case ATTESTED_CONFIRMATION -> {
        if (!unsigned) {
          throw invalid(
              "subjectSignature", "no subject's signature on an attested confirmation", "one");
        }
      }
    }
  }

  /** Checks a credential; both ways of confirmation have their own members (ACT CRD-6). */
  public static void check(AssociationCredential credential) {
    MistakeCollector.checkAll(
        () -> version("credentialVersion", credential.credentialVersion()),
        () -> {
          if (!AssociationCredential.SOURCE.equals(credential.creditSource())) {
            throw invalid("creditSource", AssociationCredential.SOURCE, credential.creditSource());
          }
        },
        () ->
            FieldChecks.text(
                "confirmationStatement", credential.confirmationStatement(), MAX_STATEMENT),
        () -> FieldChecks.text("purpose", credential.purpose(), MAX_TEXT),
        () -> set("scope", credential.scope()),
        () -> period(credential.validFrom(), credential.expiresAt()),
        () -> {
          if (credential.issuerSignature() == null
              || !CreditProjection.ALGORITHM.equals(credential.issuerSignatureAlgorithm())) {
            throw invalid("issuerSignature", "the issuer's signature by Ed25519", "none");
          }
        },
        () ->
            MistakeCollector.checkValues(
                new AssociationConfirmation(
                    credential.confirmationMethod(),
                    null,
                    credential.subjectPublicKey(),
                    credential.subjectSignature(),
                    credential.subjectSignatureAlgorithm())),
        () -> {
          if (credential.confirmationMethod() == ConfirmationMethod.DIRECT_SIGNATURE
              && (credential.associationApplicationRequestedAt() == null
                  || credential.associationApplicationAntiReplay() == null)) {
            throw invalid(
                "associationApplicationAntiReplay", "the application's time and nonce", "none");
          }
        });
  }

  static void check(CreditQueryAuthorization authorization, MistakeCollector mistakes) {
    mistakes.check(() -> version("authorizationVersion", authorization.authorizationVersion()));
    mistakes.text("authorizationId", authorization.authorizationId(), 64);
    mistakes.did("subjectId", authorization.subjectId());
    mistakes.checkPresent(authorization.relyingPartyIds(), each -> set("relyingPartyIds", each));
    mistakes.checkPresent(authorization.agentIds(), each -> set("agentIds", each));
    mistakes.checkPresent(
        authorization.verificationLevel(),
        level -> {
          if (level != CreditLevel.ASSOCIATED_CREDIT) {
            throw invalid("verificationLevel", "ASSOCIATED_CREDIT", "CREDENTIAL");
          }
        });
    mistakes.text("purpose", authorization.purpose(), MAX_TEXT);
    mistakes.checkPresent(authorization.allowedDataItems(), each -> set("allowedDataItems", each));
    mistakes.checkPresent(
        authorization.validFrom(), from -> period(from, authorization.expiresAt()));
    mistakes.text("boundRequestId", authorization.boundRequestId(), MAX_TEXT);
    mistakes.text("platformDelegateId", authorization.platformDelegateId(), MAX_TEXT);
    mistakes.checkPresent(authorization.mode(), mode -> checkMode(authorization, mode, mistakes));
    mistakes.checkPresent(
        authorization.frequencyLimit(),
        limit -> {
          if (limit.maxRequestsPerWindow() < 1 || limit.windowDurationSeconds() < 1) {
            throw invalid("frequencyLimit", "at least one request in at least one second", "less");
          }
        });
    mistakes.checkPresent(
        authorization.resultUseRestrictions(),
        use -> {
          var retention = use.retentionSeconds();
          if (use.mayStore() ? retention == null || retention < 1 : retention != null) {
            throw invalid(
                "resultUseRestrictions.retentionSeconds",
                "seconds if, and only if, the result may be stored",
                String.valueOf(retention));
          }
        });
  }

  private static void checkMode(
      CreditQueryAuthorization authorization, QueryMode mode, MistakeCollector mistakes) {
    boolean delegated = mode == QueryMode.PLATFORM_DELEGATED;
    mistakes.check(() -> only("boundRequestId", authorization.boundRequestId(), !delegated));
    mistakes.check(() -> only("platformDelegateId", authorization.platformDelegateId(), delegated));
    mistakes.check(() -> only("frequencyLimit", authorization.frequencyLimit(), delegated));
  }

  public static void check(CreditVerificationRequest request) {
    MistakeCollector.checkAll(
        () -> version("messageVersion", request.messageVersion()),
        () -> FieldChecks.text("requestId", request.requestId(), 64),
        () -> FieldChecks.did("relyingPartyId", request.relyingPartyId()),
        () -> FieldChecks.text("agentId", request.agentId(), MAX_TEXT),
        () -> FieldChecks.text("purpose", request.purpose(), MAX_TEXT),
        () -> set("requestedDataItems", request.requestedDataItems()),
        () -> {
          var context = request.businessContext();
          if (context.isEmpty()
              || context.size() > MAX_LIST
              || !context.values().stream()
                  .allMatch(each -> each != null && each.isValueNode() && !each.isNull())) {
            throw invalid(
                "businessContext",
                "1 to 32 texts, numbers or booleans",
                context.size() + " members");
          }
        },
        () -> FieldChecks.moment("requestedAt", request.requestedAt()),
        () -> antiReplay(request.antiReplay()));
  }

  /** Checks the element against replay. */
  public static void antiReplay(AntiReplay antiReplay) {
    var nonce = antiReplay.nonce();
    var key = antiReplay.idempotencyKey();
    if (nonce == null && key == null) {
      throw FieldChecks.invalid("antiReplay", "a nonce or an idempotencyKey", "neither");
    }
    if (nonce != null && (nonce.length() < 16 || nonce.length() > MAX_TEXT)) {
      throw invalid("antiReplay.nonce", "16 to 256 characters", nonce.length() + " characters");
    }
    if (key != null && (key.length() < 8 || key.length() > MAX_TEXT)) {
      throw invalid(
          "antiReplay.idempotencyKey", "8 to 256 characters", key.length() + " characters");
    }
  }

  /** Checks a signed order about a credential. */
  static void check(AssociationStatusChange order, MistakeCollector mistakes) {
    mistakes.text("requestId", order.requestId(), 64);
    mistakes.text("credentialId", order.credentialId(), 64);
    mistakes.text("reasonCode", order.reasonCode(), 64);
    mistakes.text("requestedBy", order.requestedBy(), MAX_TEXT);
    mistakes.moment("requestedAt", order.requestedAt());
    mistakes.checkPresent(order.antiReplay(), CreditMessageRules::antiReplay);
  }

  /** Checks a signed order to end a query authorization. */
  static void check(QueryAuthorizationRevocation order, MistakeCollector mistakes) {
    mistakes.text("requestId", order.requestId(), 64);
    mistakes.text("authorizationId", order.authorizationId(), 64);
    mistakes.did("subjectId", order.subjectId());
    mistakes.text("reasonCode", order.reasonCode(), 64);
    mistakes.moment("requestedAt", order.requestedAt());
    mistakes.checkPresent(order.antiReplay(), CreditMessageRules::antiReplay);
  }

  private static void version(String field, String version) {
    if (!VERSION.equals(version)) {
      throw invalid(field, VERSION, version);
    }
  }

  private static void only(String field, @Nullable Object value, boolean wanted) {
    if (wanted && value == null) {
      throw invalid(field, "a value in this mode", null);
    }
    if (!wanted && value != null) {
      throw invalid(field, "no value in this mode", "one");
    }
  }

  private static void set(String field, List<String> values) {
    if (values.isEmpty()
        || values.size() > MAX_LIST
        || new HashSet<>(values).size() != values.size()) {
      throw invalid(field, "1 to 32 different texts", values.size() + " texts");
    }
    values.forEach(each -> FieldChecks.text(field, each, MAX_TEXT));
  }

  private static void period(Instant from, @Nullable Instant until) {
    FieldChecks.moment("validFrom", from);
    if (until != null && !FieldChecks.moment("expiresAt", until).isAfter(from)) {
      throw invalid("expiresAt", "a moment after validFrom", until.toString());
    }
  }
}
