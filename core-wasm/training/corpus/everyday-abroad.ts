/**
 * Everyday requests that no authored text teaches: what a trained model is to leave alone. No
 * family has the last two languages.
 */
export const EVERYDAY_ABROAD: Readonly<Record<string, readonly string[]>> = {
  italian: [
    "Qual è la capitale dell'Australia e quanti abitanti ha?",
    "Mi servono idee per una cena vegetariana con gli amici",
    "Potresti tradurre questa frase in inglese: domani piove",
  ],
  spanish: [
    "¿Cuántos planetas tiene el sistema solar?",
    "Necesito ideas para decorar el salón con poco dinero",
    "¿Cómo se conjuga el verbo haber en pasado?",
  ],
  french: [
    "Combien de joueurs y a-t-il dans une équipe de rugby ?",
    "Donne-moi des idées de sorties avec mes parents dimanche",
    "Comment fonctionne un moteur électrique ?",
  ],
  german: [
    "Wie viele Bundesländer hat Österreich?",
    "Welche Sportart passt zu jemandem mit Knieproblemen?",
    "Fasse diesen Absatz bitte in zwei Sätzen zusammen",
  ],
  portuguese: [
    "Quantos estados tem o Brasil?",
    "Quais exercícios posso fazer em casa sem equipamento?",
    "Qual é o melhor horário para regar as plantas?",
  ],
  russian: [
    "Сколько планет в солнечной системе?",
    "Какие упражнения помогают от боли в шее?",
    "Придумай имя для щенка",
  ],
  chinese: ["中国有多少个省？", "我想学画画，应该买什么颜料？", "周末和父母去哪里散步比较好？"],
  japanese: ["日本で一番高い山は何ですか。", "週末に子犬と遊べる公園を探しています。", "歴史の試験勉強のコツを教えて"],
  korean: ["한국에서 가장 긴 강은 무엇인가요?", "강아지 이름을 지어 주세요", "부모님과 갈 만한 여행지가 궁금해요"],
  arabic: [
    "كم عدد الكواكب في المجموعة الشمسية؟",
    "اقترح علي تمارين رياضية في المنزل",
    "ما معنى هذه الكلمة باللغة الإنجليزية؟",
  ],
  hindi: ["भारत में कितने राज्य हैं?", "घर पर करने के लिए आसान व्यायाम बताइए", "इस वाक्य का अंग्रेज़ी में अनुवाद कीजिए"],
  turkish: [
    "Türkiye'nin en uzun nehri hangisidir?",
    "Köpeğim için isim önerir misin?",
    "Evde yapabileceğim basit egzersizler neler?",
  ],
  indonesian: [
    "Berapa jumlah provinsi di Indonesia?",
    "Olahraga apa yang cocok dilakukan di rumah?",
    "Terjemahkan kalimat ini ke bahasa Inggris",
  ],
  vietnamese: [
    "Việt Nam có bao nhiêu tỉnh thành?",
    "Gợi ý bài tập thể dục tại nhà",
    "Dịch câu này sang tiếng Anh giúp tôi",
  ],
  thai: ["ประเทศไทยมีกี่จังหวัด", "แนะนำการออกกำลังกายที่บ้าน", "แปลประโยคนี้เป็นภาษาอังกฤษ"],
  bengali: ["বাংলাদেশে কয়টি বিভাগ আছে?", "বাড়িতে করার মতো সহজ ব্যায়াম বলুন", "এই বাক্যটি ইংরেজিতে অনুবাদ করুন"],
  swahili: [
    "Tanzania ina mikoa mingapi?",
    "Pendekeza mazoezi rahisi ya nyumbani",
    "Tafsiri sentensi hii kwa Kiingereza",
  ],
  javanese: [
    "Ana pira kabupaten ing Jawa Tengah?",
    "Saranake olahraga sing gampang ing omah",
    "Terjemahna ukara iki menyang basa Inggris",
  ],
  polish: ["Ile województw jest w Polsce?", "Jakie ćwiczenia mogę robić w domu?", "Przetłumacz to zdanie na angielski"],
  dutch: [
    "Hoeveel provincies heeft Nederland?",
    "Welke oefeningen kan ik thuis doen?",
    "Vertaal deze zin naar het Engels",
  ],
  greek: ["Πόσους νομούς έχει η Ελλάδα;", "Ποιες ασκήσεις μπορώ να κάνω στο σπίτι;"],
  hebrew: ["כמה תושבים יש בישראל?", "אילו תרגילים אפשר לעשות בבית?"],
  persian: ["ایران چند استان دارد؟", "چه ورزش‌هایی در خانه می‌توان انجام داد؟"],
  ukrainian: ["Скільки областей в Україні?", "Які вправи можна робити вдома?"],
  urdu: ["پاکستان میں کتنے صوبے ہیں؟", "گھر پر کون سی ورزش کروں؟"],
  tamil: ["இந்தியாவில் எத்தனை மாநிலங்கள் உள்ளன?", "வீட்டில் செய்யக்கூடிய உடற்பயிற்சிகள் என்ன?"],
  filipino: ["Ilang probinsya ang mayroon sa Pilipinas?", "Anong ehersisyo ang pwede sa bahay?"],
  finnish: ["Kuinka monta asukasta Suomessa on?", "Mitä harjoituksia voin tehdä kotona?"],
  hungarian: ["Hány megye van Magyarországon?", "Milyen gyakorlatokat végezhetek otthon?"],
};
