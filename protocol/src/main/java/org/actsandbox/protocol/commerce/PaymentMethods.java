package org.actsandbox.protocol.commerce;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.jspecify.annotations.Nullable;

/**
 * Relates the two vocabularies of {@code allowed_payment_methods}, in an intent, an ISR or a
 * credential (CID-4, PSD-5). Negotiation and bills name a method ({@code act-sandbox:instant}); a
 * principal says what may be paid from, a kind of account. A list may hold both:
 *
 * <ul>
 *   <li>kinds of account bound the account; any method that pays from one of them will do;
 *   <li>method ids bound the method; any account of it will do, unless kinds are listed as well.
 * </ul>
 */
public final class PaymentMethods {

  /** What {@link PaymentNeeded#METHOD_ID} pays from. */
  public static final List<String> ACCOUNTS = List.of("balance", "card", "sub_account");

  private static final int LONGEST = 160;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9+.-]*:[a-z0-9][a-z0-9._:/-]*");

  private PaymentMethods() {}

  /** Whether it is a kind of account, or has the form of a method id of anybody. */
  public static boolean isOne(String entry) {
    return ACCOUNTS.contains(entry) || isId(entry);
  }

  /**
   * Whether a payment by a method from an account is within the list; null allows any.
   *
   * @param account of {@link #ACCOUNTS}
   */
  public static boolean allow(@Nullable List<String> allowed, String methodId, String account) {
    return within(ids(allowed), methodId) && within(accounts(allowed), account);
  }

  /** Those of the method ids that the list leaves, in their order. */
  public static List<String> within(@Nullable List<String> allowed, List<String> methodIds) {
    boolean accountsLeft =
        accounts(allowed).isEmpty() || accounts(allowed).stream().anyMatch(ACCOUNTS::contains);
    return accountsLeft
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
    return entry.length() <= LONGEST && ID.matcher(entry).matches();
  }

  /** What an entry may be, in words. */
  public static String expected() {
    return ACCOUNTS.stream().collect(Collectors.joining(", "))
        + ", or a method id such as "
        + PaymentNeeded.METHOD_ID;
  }
}
