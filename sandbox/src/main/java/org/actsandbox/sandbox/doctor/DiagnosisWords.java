package org.actsandbox.sandbox.doctor;

import java.util.Locale;
import java.util.ResourceBundle;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/** Has the sentences of the causes in one language. */
public final class DiagnosisWords {

  private static final String BUNDLE = "messages/diagnosis";

  private final ResourceBundle words;

  private DiagnosisWords(ResourceBundle words) {
    this.words = words;
  }

  public static DiagnosisWords english() {
    return new DiagnosisWords(ResourceBundle.getBundle(BUNDLE, Locale.ROOT));
  }

  /** Returns the words of a language; English for languages other than Chinese. */
  public static DiagnosisWords in(Locale locale) {
    return locale.getLanguage().equals("zh")
        ? new DiagnosisWords(ResourceBundle.getBundle(BUNDLE, Locale.CHINESE))
        : english();
  }

  /** Says what the cause is. */
  public String meaning(SignatureCause cause) {
    return words.getString("diagnosis." + cause.code() + ".is");
  }

  /**
   * Says what its owner changes.
   *
   * @param sdk the SDK that made the message; empty if it is not known
   */
  public String change(SignatureCause cause, String sdk) {
    var key = "diagnosis." + cause.code() + ".change";
    var ofSdk = key + "." + sdk;
    return words.getString(!sdk.isEmpty() && words.containsKey(ofSdk) ? ofSdk : key);
  }
}
