package org.actsandbox.protocol.commerce;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.jspecify.annotations.Nullable;

/**
 * Interprets {@code allowed_payment_methods} of an intent, an ISR or a credential (CID-4, PSD-5),
 * which has two vocabularies. Negotiation and bills name a method ({@code act-sandbox:instant}),
 * and principals name a kind of account. A list may have both:
 *
 * <ul>
 *   <li>kinds of account limit the account: any method that pays from one of them is allowed;
 *   <li>method ids limit the method: any account is allowed, unless kinds are listed too.
 * </ul>
 */
public final class PaymentMethods {

  /** The kinds of account from which {@link PaymentNeeded#METHOD_ID} pays. */
  public static final List<String> ACCOUNTS = List.of("balance", "card", "sub_account");

  private static final int MAX_ID_LENGTH = 160;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9+.-]*:[a-z0-9][a-z0-9._:/-]*");

  private PaymentMethods() {}

  /** Returns whether an entry is a kind of account or has the form of a method id. */
  public static boolean isValidEntry(String entry) {
    return ACCOUNTS.contains(entry) || isId(entry);
  }

  /**
   * Returns whether the list allows a payment by this method from this account.
   *
   * @param allowed null allows all
   * @param account one of {@link #ACCOUNTS}
   */
  public static boolean isAllowed(@Nullable List<String> allowed, String methodId, String account) {
    return within(ids(allowed), methodId) && within(accounts(allowed), account);
  }

  /** Returns the method ids that the list allows, in their order. */
  public static List<String> filterAllowed(@Nullable List<String> allowed, List<String> methodIds) {
    boolean hasKnownAccount =
        accounts(allowed).isEmpty() || accounts(allowed).stream().anyMatch(ACCOUNTS::contains);
    return hasKnownAccount
        ? methodIds.stream().filter(id -> within(ids(allowed), id)).toList()
        : List.of();
  }

  private static boolean within(List<String> bounds, String value) {
    return bounds.isEmpty() || bounds.contains(value);
  }

  private static List<String> ids(@Nullable List<String> allowed) {
    return stream(allowed).filter(PaymentMethods::isId).toList();
  }

  private static List<String> accounts(@Nullable List<String> allowed) {
    return stream(allowed).filter(entry -> !isId(entry)).toList();
  }

  private static Stream<String> stream(@Nullable List<String> allowed) {
    return allowed == null ? Stream.empty() : allowed.stream();
  }

  private static boolean isId(String entry) {
    return entry.length() <= MAX_ID_LENGTH && ID.matcher(entry).matches();
  }

  /** Describes the valid entries in words. */
  public static String expected() {
    return ACCOUNTS.stream().collect(Collectors.joining(", "))
        + ", or a method id such as "
        + PaymentNeeded.METHOD_ID;
  }
}
