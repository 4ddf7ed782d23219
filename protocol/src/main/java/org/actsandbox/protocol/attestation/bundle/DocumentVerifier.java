package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.bundle.BundleReport.PaperLine;
import org.actsandbox.protocol.attestation.bundle.BundleReport.Standing;
import org.actsandbox.protocol.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Verifies each document of a purchase: its author signed it with a key that was valid then, a
 * record attests it if one must, and it agrees with the records.
 */
final class DocumentVerifier {

  private final PurchaseDocuments documents;
  private final BundlePurchase purchase;
  private final List<PaperLine> lines = new ArrayList<>();
  private @Nullable InvalidBundleException firstDefect;

  private DocumentVerifier(SealedFiles files, BundlePurchase purchase) {
    this.documents = new PurchaseDocuments(files, purchase);
    this.purchase = purchase;
  }

  /**
   * The results of all documents.
   *
   * @param firstDefect the defect of the first document that fails or is missing; null if there is
   *     none
   */
  record Result(List<PaperLine> lines, @Nullable InvalidBundleException firstDefect) {}

  static Result verify(SealedFiles files, BundlePurchase purchase) {
    var verifier = new DocumentVerifier(files, purchase);
    verifier.checkAll();
    return new Result(List.copyOf(verifier.lines), verifier.firstDefect);
  }

  /** Returns the file names of the documents that the purchase must have. */
  static List<String> names(BundlePurchase purchase) {
    var names = new ArrayList<String>();
    if (purchase.cart() != null) {
      names.add(ORDER);
    }
    if (purchase.asksCredit()) {
      names.add(CREDIT);
    }
    if (purchase.delegationId() != null && !purchase.trades().isEmpty()) {
      names.addAll(List.of(CREDENTIAL, AUTHORITY));
    }
    for (var trade : purchase.trades()) {
      names.addAll(
          List.of(
              trade.documentName(BILL), trade.documentName(APPROVAL), trade.documentName(PROOF)));
      if (!trade.isByDelegation()) {
        names.add(trade.documentName(SHOWN));
      }
      if (trade.fulfilment() != null) {
        names.add(trade.documentName(CONFIRMATION));
      }
    }
    return names;
  }

  private void checkAll() {
    var cart = purchase.cart();
    if (cart != null) {
      var ordered = new OrderDocuments(documents);
      check(ORDER, () -> ordered.order(cart));
      if (purchase.asksCredit() && (documents.has(CREDIT) || !ordered.isCreditRefusedUnread())) {
        check(CREDIT, () -> ordered.credit(cart));
      }
    }
    if (purchase.delegationId() != null && !purchase.trades().isEmpty()) {
      var authority = new AuthorityDocuments(documents, purchase);
      check(CREDENTIAL, authority::credential);
      check(AUTHORITY, authority::authority);
    }
    for (var trade : purchase.trades()) {
      var paid = new TradeDocuments(documents, purchase, trade);
      check(trade.documentName(BILL), trade.documentName(PROOF), paid::bill);
      check(
          trade.documentName(APPROVAL),
          () -> trade.isByDelegation() ? paid.reliance() : paid.approval());
      if (!trade.isByDelegation()) {
        check(trade.documentName(SHOWN), trade.documentName(APPROVAL), paid::shown);
      }
      check(trade.documentName(PROOF), paid::proof);
      var fulfilment = trade.fulfilment();
      if (fulfilment != null) {
        check(trade.documentName(CONFIRMATION), () -> paid.confirmation(fulfilment));
      }
    }
  }

  private interface Check {

    /** Returns the key that signed the document; empty if another document has its digest. */
    Optional<VerificationKey> run() throws InvalidBundleException;
  }

  private void check(String name, Check check) {
    check(name, name, check);
  }

  /**
   * @param source the signed document that has the digest of this one if it has no signature
   */
  private void check(String name, String source, Check check) {
    try {
      documents.requireDocument(name);
      lines.add(
          check
              .run()
              .map(key -> PaperLine.signed(name, key))
              .orElseGet(
                  () -> new PaperLine(name, Standing.FOLLOWS, null, null, source, null, null)));
    } catch (InvalidBundleException failed) {
      firstDefect = firstDefect == null ? failed : firstDefect;
      lines.add(
          new PaperLine(
              name,
              failed.code().equals("paper_missing") ? Standing.MISSING : Standing.FAILED,
              null,
              null,
              null,
              failed.code(),
              failed.detail()));
    }
  }
}
