package io.sekisho.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The design as rules over every module's classes: who may know whom, and what must stay pure. */
@AnalyzeClasses(packages = "io.sekisho", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each module's root package, and the modules of ours that it may use: no service is in anybody's list. */
    private static final Map<String, List<String>> MODULES = Map.ofEntries(
            Map.entry("mail", List.of()),
            Map.entry("smtp", List.of("mail")),
            Map.entry("testkit", List.of()),
            Map.entry("localstack", List.of("mail")),
            Map.entry("rest", List.of("mail")),
            Map.entry("policyclient", List.of("mail")),
            Map.entry("policyservice", List.of("mail", "rest", "policyclient")),
            Map.entry("ingress", List.of("mail", "smtp", "policyclient")),
            Map.entry("egress", List.of("mail", "smtp", "policyclient", "rest")),
            Map.entry("tracking", List.of("mail", "rest")),
            Map.entry("demo", List.of("mail", "localstack", "testkit")),
            Map.entry("systemtests", List.of("localstack", "testkit")),
            Map.entry("bench", List.of("mail", "localstack", "policyclient")));

    /** Protocol and decision code: bytes and values in, values out. */
    private static final String[] PURE = {
        "io.sekisho.smtp.path..",
        "io.sekisho.smtp.command..",
        "io.sekisho.smtp.content..",
        "io.sekisho.smtp.trace..",
        "io.sekisho.smtp.proxy..",
        "io.sekisho.smtp.reply..",
        "io.sekisho.mail..",
        "io.sekisho.policyclient.match..",
        "io.sekisho.policyservice.peerfile..",
        "io.sekisho.ingress.session..",
        "io.sekisho.egress.dialogue..",
    };

    @ArchTest
    static void modulesUseOnlyTheModulesNamedHere(JavaClasses classes) {
        MODULES.forEach((module, uses) -> {
            String[] allowed = Stream.concat(Stream.of(module), uses.stream())
                    .map(name -> "io.sekisho." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage("io.sekisho." + module + ".."))
                    .should(ArchConditions.dependOnClassesThat(
                            resideInAPackage("io.sekisho..").and(outside(allowed))))
                    .because("module " + module + " may use only " + uses)
                    .check(classes);
        });
    }

    @ArchTest
    static final ArchRule PROTOCOL_CODE_IS_FREE_OF_FRAMEWORKS_AND_IO = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.vertx..",
                    "io.netty..",
                    "org.apache.kafka..",
                    "jakarta..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.sql..",
                    "javax.net..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.sekisho.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule SERVICES_NEVER_BLOCK_ON_A_UNI = noClasses()
            .that(resideInAnyPackage(
                    "io.sekisho.policyservice..",
                    "io.sekisho.ingress..",
                    "io.sekisho.egress..",
                    "io.sekisho.tracking..",
                    "io.sekisho.rest..",
                    "io.sekisho.policyclient.."))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.smallrye.mutiny.groups.UniAwait");

    @ArchTest
    static final ArchRule TYPES_ARE_NAMED_BY_WHAT_THEY_ARE = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .orShould()
            .haveSimpleNameEndingWith("Processor");

    @ArchTest
    static final ArchRule PACKAGES_ARE_NOUNS_OF_MAIL = noClasses()
            .should()
            .resideInAnyPackage("..common..", "..util..", "..utils..", "..core..", "..base..", "..v2..");

    @ArchTest
    static final ArchRule EVERY_CLASS_BELONGS_TO_A_MODULE = classes()
            .that()
            .resideInAPackage("io.sekisho..")
            .should()
            .resideInAnyPackage(MODULES.keySet().stream()
                    .map(name -> "io.sekisho." + name + "..")
                    .toArray(String[]::new));

    private static DescribedPredicate<JavaClass> outside(String... allowed) {
        return DescribedPredicate.not(resideInAnyPackage(allowed));
    }
}
